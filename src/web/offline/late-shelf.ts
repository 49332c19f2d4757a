// The door of the shelf for whoever reads: what came is put aside later, what is missing is looked for. The shelf itself is loaded late.
import type { Shelf } from '../data/http.ts'
import { meQuery, modelQuery, queryClient } from '../data/queries.ts'
import type { Kept } from './shelf.ts'

const LATER_MS = 1_500
let waiting = new Map<string, Kept>()
let timer = 0
/** What is being put aside now. */
let aside = Promise.resolve()
let isOver = false
const listeners = new Set<() => void>()
let shownFrom: number | null = null

/** @see Shelf in data/http.ts */
export const lateShelf: Shelf = {
  keep(path, body) {
    if (!globalThis.isSecureContext || isOver) return
    shown(null)
    waiting.set(path, { path, at: Date.now(), body })
    if (timer === 0)
      timer = window.setTimeout(() => {
        aside = putAside()
      }, LATER_MS)
  },
  async readBefore(path) {
    const kept = await loaded()
      .then((shelf) => shelf.found(path))
      .catch(() => null)
    if (kept !== null) shown(kept.at)
    return kept
  },
  /** Whoever is signed in no longer must not be read about here. */
  forget() {
    waiting = new Map()
    // What is being put aside at this moment would otherwise come after the forgetting.
    aside = aside
      .then(loaded)
      .then((shelf) => shelf.forgetReads())
      .catch(() => {})
  },
}

/** From now on this page keeps nothing; resolves once nothing is being put aside any more. */
export async function keepNoMore(): Promise<void> {
  isOver = true
  waiting = new Map()
  await aside
}

/** Once the page has come to rest. */
async function putAside(): Promise<void> {
  timer = 0
  const read = [...waiting.values()]
  waiting = new Map()
  const [me, model] = [queryClient.getQueryData(meQuery.queryKey), queryClient.getQueryData(modelQuery.queryKey)]
  if (me === undefined || model === undefined) return
  // A full disk, or a browser that keeps nothing: reading goes on without.
  await loaded()
    .then((shelf) => shelf.keep(read, me, model))
    .catch(() => {})
}
const loaded = async () => import('./shelf.ts')

/** When what is on the screen was read, in milliseconds; null while it comes from the server. */
export function shownSince(): number | null {
  return shownFrom
}
export function subscribeToShown(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
function shown(at: number | null): void {
  const next = at === null ? null : Math.min(at, shownFrom ?? at)
  if (next === shownFrom) return
  shownFrom = next
  for (const listener of listeners) listener()
}
