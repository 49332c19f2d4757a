// Live changes: what was heard is gathered for a moment, refreshes what shows it, and is told to whoever listens here.
import { useEffect } from 'react'
import type { Model } from './contract.ts'
import { listenTogether } from './live-leader.ts'
import { queryClient } from './queries.ts'

export type Changed = [record: string, id: number][]
type Listener = (changed: Changed) => void
/** What a stream tells: what was written, at which records somebody came or went; null when too much changed to name it. */
export type Heard = { readonly changed: Changed; readonly here?: Changed } | null

const listeners = new Set<Listener>()
const hereListeners = new Set<Listener>()
const coalesceMs = 250

/** Calls back with what changed anywhere, at most four times a second. */
export function useChanged(listener: Listener): void {
  useListener(listeners, listener)
}
/** Calls back with the records at which somebody came, left, began to write or stopped. */
export function useHere(listener: Listener): void {
  useListener(hereListeners, listener)
}
function useListener(all: Set<Listener>, listener: Listener) {
  useEffect(() => {
    all.add(listener)
    return () => {
      all.delete(listener)
    }
  }, [all, listener])
}

/** Starts listening; answers the function that stops. Lists refresh themselves (they must not move under the pointer). */
export function startLive(model: Model): () => void {
  let waiting: Changed = []
  let here: Changed = []
  let isAll = false
  let timer = 0
  function deliver() {
    timer = 0
    const [changed, came, all] = [waiting, here, isAll]
    waiting = []
    here = []
    isAll = false
    if (all) void queryClient.invalidateQueries()
    else refreshChanged(model, changed)
    for (const listener of listeners) if (changed.length > 0) listener(changed)
    for (const listener of hereListeners) if (came.length > 0) listener(came)
  }
  const stop = listenTogether((heard) => {
    if (heard === null) isAll = true
    else {
      waiting.push(...heard.changed)
      here.push(...(heard.here ?? []))
    }
    if (timer === 0) timer = window.setTimeout(deliver, coalesceMs)
  })
  return () => {
    stop()
    clearTimeout(timer)
  }
}

function refreshChanged(model: Model, changed: Changed) {
  if (changed.length === 0) return
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
  void queryClient.invalidateQueries({ queryKey: ['on'] })
  void queryClient.invalidateQueries({ queryKey: ['screen'] })
}
