// Keeps what is edited as one goes: sent once the person pauses, one request at a time, each with the revision of the one before. What somebody else changed meanwhile is asked about.

/** What the server has, as far as is known here. */
export interface Known<T> {
  readonly value: T
  readonly rev: number
}
/** `isStale`: it was not taken, because the server has this now. */
export type Sent<T> = Known<T> & { readonly isStale?: true }
export type Standing<T> =
  | { readonly is: 'saved'; readonly rev: number }
  | { readonly is: 'saving' }
  | { readonly is: 'notSaved'; readonly problem: unknown }
  | { readonly is: 'asked'; readonly theirs: T }
interface Ports<T> {
  /** `isLast`: the page is being left. @throws what the server refuses */
  send: (value: T, rev: number, isLast: boolean) => Promise<Sent<T>>
  tell: (standing: Standing<T>) => void
  /** Whether two values of the server mean the same. */
  isSame: (one: T, other: T) => boolean
  pauseMs: number
}
export interface Keeping<T> {
  change: (value: T) => void
  /** Sends at once what waits. */
  flush: (isLast?: boolean) => Promise<void>
  /** The answers to "asked". */
  keepMine: () => Promise<void>
  takeTheirs: () => void
}

export function keeping<T>(begun: Known<T>, { send, tell, isSame, pauseMs }: Ports<T>): Keeping<T> {
  let known = begun
  let wanted = begun.value
  let sent = begun.value
  let theirs: Known<T> | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let busy = Promise.resolve()

  async function attempt(isLast: boolean): Promise<void> {
    if (wanted === sent || theirs !== null) return
    const value = wanted
    let answer = await send(value, known.rev, isLast)
    // Something else of the record was changed, such as its name: that is no reason to ask.
    if (answer.isStale && isSame(answer.value, known.value)) answer = await send(value, answer.rev, isLast)
    if (answer.isStale && !isSame(answer.value, value)) {
      theirs = answer
      return tell({ is: 'asked', theirs: answer.value })
    }
    known = answer
    sent = value
    if (wanted === value) tell({ is: 'saved', rev: known.rev })
  }
  function flush(isLast = false): Promise<void> {
    clearTimeout(timer)
    busy = busy.then(() => attempt(isLast)).catch((problem: unknown) => tell({ is: 'notSaved', problem }))
    return busy
  }
  function answer(value: T): void {
    if (theirs === null) return
    known = theirs
    sent = theirs.value
    wanted = value
    theirs = null
  }
  return {
    change(value) {
      if (value === wanted) return
      wanted = value
      if (theirs !== null) return
      tell({ is: 'saving' })
      clearTimeout(timer)
      timer = setTimeout(() => void flush(), pauseMs)
    },
    flush,
    keepMine() {
      answer(wanted)
      return flush()
    },
    takeTheirs() {
      if (theirs === null) return
      answer(theirs.value)
      tell({ is: 'saved', rev: known.rev })
    },
  }
}
