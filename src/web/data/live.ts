// Live changes: one EventSource for the whole browser. The tab that holds the lock listens and tells the others;
// with one connection per tab the sixth tab would hang (HTTP/1.1 allows six connections to a host).
import { useEffect } from 'react'
import type { Model } from './contract.ts'
import { queryClient } from './queries.ts'
import { suspect } from './reach.ts'

export type Changed = [record: string, id: number][]
type Listener = (changed: Changed) => void
/** Null: too much changed to name it. */
type Heard = Changed | null

const listeners = new Set<Listener>()
const coalesceMs = 250
const pollMs = 60_000
const againMs = 3_000

/** Calls back with what changed anywhere, at most four times a second. */
export function useChanged(listener: Listener): void {
  useEffect(() => {
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
    }
  }, [listener])
}

/** Starts listening; answers the function that stops. Lists refresh themselves (they must not move under the pointer). */
export function startLive(model: Model): () => void {
  const channel = new BroadcastChannel('pilothouse-live')
  const stop = new AbortController()
  let waiting: Changed = []
  let timer = 0
  function deliver() {
    timer = 0
    const changed = waiting
    waiting = []
    refreshChanged(model, changed)
    for (const listener of listeners) listener(changed)
  }
  function take(changed: Heard) {
    if (changed === null) return void queryClient.invalidateQueries()
    waiting.push(...changed)
    if (timer === 0) timer = window.setTimeout(deliver, coalesceMs)
  }
  channel.addEventListener('message', (event: MessageEvent<Heard>) => take(event.data))
  lead(stop.signal, (changed) => {
    take(changed)
    tellOthers(channel, changed)
  })
  return () => {
    stop.abort()
    channel.close()
    clearTimeout(timer)
  }
}

function tellOthers(channel: BroadcastChannel, changed: Heard) {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a BroadcastChannel has no origin argument
  channel.postMessage(changed)
}

function lead(signal: AbortSignal, tell: (changed: Heard) => void) {
  if (!('locks' in navigator) || !('EventSource' in window)) return poll(signal)
  const hold = () =>
    new Promise<void>((release) => {
      if (signal.aborted) return release()
      listen(signal, tell)
      signal.addEventListener('abort', () => release())
    })
  navigator.locks.request('pilothouse-live', { signal }, hold).catch(() => undefined)
}

/**
 * Listens until told to stop. The browser connects again by itself after a lost connection, but gives up for ever at the
 * first answer that is no stream, such as that of a proxy whose servers are just restarted.
 */
function listen(signal: AbortSignal, tell: (changed: Heard) => void, isAgain = false) {
  const source = new EventSource('/api/v1/events', { withCredentials: true })
  let dropped = isAgain
  let timer = 0
  source.addEventListener('error', () => {
    dropped = true
    suspect()
    if (source.readyState === EventSource.CLOSED && !signal.aborted)
      timer = window.setTimeout(() => listen(signal, tell, true), againMs)
  })
  source.addEventListener('open', () => {
    if (!dropped) return
    dropped = false
    void queryClient.invalidateQueries()
  })
  source.addEventListener('message', (event: MessageEvent<string>) => tell(changesIn(event.data)))
  signal.addEventListener('abort', () => {
    source.close()
    clearTimeout(timer)
  })
}

/** Without a connection of its own the page reads again every minute. */
function poll(signal: AbortSignal) {
  const timer = setInterval(() => void queryClient.invalidateQueries(), pollMs)
  signal.addEventListener('abort', () => clearInterval(timer))
}

function changesIn(text: string): Heard {
  try {
    const event: unknown = JSON.parse(text)
    // The contract: {"changed": [["incident", 5], …]}; anything else (a heartbeat) changes nothing.
    const changed = (event as { changed?: Heard } | null)?.changed
    return changed === undefined ? [] : changed
  } catch {
    return []
  }
}

function refreshChanged(model: Model, changed: Changed) {
  const plurals = new Set<string>()
  for (const [name, id] of changed) {
    const plural = model.records.find((record) => record.name === name)?.plural
    if (plural === undefined) continue
    plurals.add(plural)
    void queryClient.invalidateQueries({
      predicate: (query) =>
        query.queryKey[0] === 'row' &&
        query.queryKey[1] === plural &&
        (query.state.data as { id?: number } | undefined)?.id === id,
    })
  }
  for (const plural of plurals) void queryClient.invalidateQueries({ queryKey: ['some', plural] })
  if (changed.length > 0) void queryClient.invalidateQueries({ queryKey: ['on'] })
  void queryClient.invalidateQueries({ queryKey: ['screen'] })
}
