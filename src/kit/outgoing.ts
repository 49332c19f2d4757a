/**
 * Messages to other servers: claimed, sent, written down, one after the other in lanes that do not wait for each other, so that
 * a server that hangs holds up no other one. How they are claimed, and what an answer means, is the matter of each kind.
 */
import type { PostAnswer } from './webhooks/ports.ts'

export interface Outgoing<Due> {
  /** So many are sent at once by one process. */
  readonly lanes: number
  /** What is due next, taken so that nobody else sends it; null for nothing. The first lane never waits for what was not reached last time. */
  readonly claim: (isFirstLane: boolean) => Promise<Due | null>
  readonly attempt: (due: Due, signal: AbortSignal) => Promise<PostAnswer>
  /** The try did not take place. */
  readonly giveBack: (due: Due) => Promise<void>
  /** What became of it, and when it is tried again. */
  readonly settle: (due: Due, answer: PostAnswer) => Promise<void>
}
interface LaneTicker {
  readonly name: string
  readonly everyMs: number
  readonly work: (signal: AbortSignal) => Promise<void>
}

/** @returns how many were tried */
export async function sendAll<Due>(of: Outgoing<Due>, signal: AbortSignal): Promise<number> {
  const tried = await Promise.all(lanesOf(of).map((lane) => sendIn(lane, of, signal)))
  return tried.reduce((sum, n) => sum + n, 0)
}
/** Every two seconds, in any process that works: a ticker for each lane, so that none waits for the slowest. */
export function laneTickers<Due>(name: string, of: Outgoing<Due>): LaneTicker[] {
  return lanesOf(of).map((lane) => ({
    name: `${name}-${lane}`,
    everyMs: 2_000,
    work: async (signal) => void (await sendIn(lane, of, signal)),
  }))
}

function lanesOf({ lanes }: { readonly lanes: number }): number[] {
  return Array.from({ length: lanes }, (_, lane) => lane)
}
async function sendIn<Due>(lane: number, of: Outgoing<Due>, signal: AbortSignal): Promise<number> {
  for (let tried = 0; ; tried++) {
    const due = signal.aborted ? null : await of.claim(lane === 0)
    if (due === null) return tried
    const answer = await of.attempt(due, signal)
    // Whoever stops has not heard the other side out: the try does not count.
    await (signal.aborted && answer.kind === 'trouble' ? of.giveBack(due) : of.settle(due, answer))
  }
}
