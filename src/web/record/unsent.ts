// What somebody types at a record and has not sent: kept on the server for them alone, so that a reload or another device goes on.
import { queryOptions, useQuery } from '@tanstack/react-query'
import type { Row } from '../data/contract.ts'
import { call, read } from '../data/http.ts'
import { useMe } from '../data/model.ts'
import { queryClient } from '../data/queries.ts'

export interface Unsent {
  part: string
  value: unknown
  rev: number | null
  savedAt: string
}
/** One part of one record; `part` is "comment" or the name of a field. The form of a new record is the part "form" of `new:` and the name of its kind. */
export interface Place {
  on: string
  part: string
}

const typingMs = 800
/** What waits to be kept, by place; undefined while nothing waits. */
const waiting = new Map<string, { send: (isLast?: boolean) => Promise<void>; timer: number }>()
/** What was typed here last, by place. */
const typed = new Map<string, Unsent>()
/** Places of which the server may know something, and the writes to each in their order. */
const known = new Map<string, Promise<void>>()
/** Places whose last write did not arrive. */
const lost = new Set<string>()

const key = ({ on, part }: Place) => `${on} ${part}`

function unsentQuery(number: string) {
  return queryOptions({
    queryKey: ['unsent', number],
    queryFn: async ({ signal }) => {
      // What was left a moment ago is on its way still.
      await Promise.all([...known].filter(([at]) => at.startsWith(`${number} `)).map(([, write]) => write))
      return read<{ items: readonly Unsent[] }>(`/me/unsent?on=${encodeURIComponent(number)}`, signal)
    },
    // Read anew whenever a record is opened; what is typed there afterwards is newer than any answer.
    staleTime: Infinity,
    gcTime: 0,
  })
}

/** Whether drafts are kept: for a person who works as themselves. */
export function useKeepsUnsent(): boolean {
  const me = useMe()
  return me.person !== null && me.viewer === null
}

/** What was kept of this record; undefined until it is known. */
export function useUnsent(row: Pick<Row, 'number'>): readonly Unsent[] | undefined {
  const isKept = useKeepsUnsent()
  const found = useQuery({ ...unsentQuery(row.number), enabled: isKept })
  for (const { part } of found.data?.items ?? []) {
    const at = key({ on: row.number, part })
    if (!known.has(at)) known.set(at, Promise.resolve())
  }
  return isKept ? found.data?.items : []
}

/** What was kept of one part when the record was opened. */
export function unsentNow({ on, part }: Place): Unsent | undefined {
  return queryClient.getQueryData(unsentQuery(on).queryKey)?.items.find((one) => one.part === part)
}

/** Whether what was typed there last could not be kept: it stands on the page and nowhere else. */
export function isUnsentLost(place: Place): boolean {
  return lost.has(key(place))
}

/** Keeps a value once the person pauses; at once when they leave the page. */
export function keepUnsent(place: Place, value: unknown, rev: number | null): void {
  const at = key(place)
  clearTimeout(waiting.get(at)?.timer)
  const send = (isLast = false) => {
    waiting.delete(at)
    return put(place, { value, rev, isLast })
  }
  typed.set(at, { part: place.part, value, rev, savedAt: new Date().toISOString() })
  waiting.set(at, { send, timer: window.setTimeout(() => void send(), typingMs) })
}

/** What was begun here is left as it is: kept at once, and offered to go on with. */
export function leaveUnsent(place: Place): void {
  const at = key(place)
  const last = waiting.get(at)
  clearTimeout(last?.timer)
  void last?.send()
  const begun = typed.get(at)
  if (begun !== undefined) tell(place, begun)
}

/** It was sent, or is not wanted any more. */
export function dropUnsent(place: Place): void {
  const at = key(place)
  clearTimeout(waiting.get(at)?.timer)
  waiting.delete(at)
  typed.delete(at)
  tell(place, null)
  if (!known.has(at)) return
  const gone = put(place, { value: null, rev: null })
  // Unless something was typed there since.
  void gone.then(() => known.get(at) === gone && known.delete(at))
}

function tell({ on, part }: Place, kept: Unsent | null) {
  queryClient.setQueryData(unsentQuery(on).queryKey, (page) => {
    const others = page?.items.filter((one) => one.part !== part)
    return others && { items: kept === null ? others : [...others, kept] }
  })
}

/** One write after the other, so that an older one never comes last. */
function put(
  { on, part }: Place,
  { value, rev, isLast = false }: Pick<Unsent, 'value' | 'rev'> & { isLast?: boolean },
): Promise<void> {
  const at = key({ on, part })
  const before = known.get(at) ?? Promise.resolve()
  // It is a help, not a promise: what could not be kept stands in the form still.
  const done = before.then(() =>
    call('/me/unsent', {
      method: 'PUT',
      body: { on, part, value, rev },
      ...(isLast ? { keepalive: true } : {}),
    }).then(
      () => void lost.delete(at),
      () => void lost.add(at),
    ),
  )
  known.set(at, done)
  return done
}

function flush() {
  for (const { send, timer } of waiting.values()) {
    clearTimeout(timer)
    void send(true)
  }
}
window.addEventListener('pagehide', flush)
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') flush()
})
