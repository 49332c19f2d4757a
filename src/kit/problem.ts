/** Refusals: what a person can act on. Everything else is a fault and is logged once, at the edge. */
import { said, say } from '#engines/say.ts'

export interface FieldProblem {
  /** JSON pointer into what was sent: /subject. */
  readonly pointer: string
  readonly detail: string
  /** In a text such as a filter: the character (from 0) where the mistake begins, and how many it has. */
  readonly at?: number
  readonly length?: number
}

/** An expected refusal; `message` says what is wrong and what to do. RFC 9457 names its parts. */
export class Refusal extends Error {
  readonly status: number
  readonly kind: string
  readonly errors: readonly FieldProblem[]
  readonly extra: Readonly<Record<string, unknown>>
  constructor(
    status: number,
    kind: string,
    message: string,
    more: { errors?: readonly FieldProblem[]; extra?: Readonly<Record<string, unknown>> } = {},
  ) {
    super(message)
    this.status = status
    this.kind = kind
    this.errors = more.errors ?? []
    this.extra = more.extra ?? {}
  }
}

/** The kind of a refusal (503) that passes by itself: whoever can wait tries again. */
export const BUSY = 'busy'

/** The draft does not fit the record (422). */
export function unfit(errors: readonly FieldProblem[]): Refusal {
  const first = errors[0]
  const where =
    first === undefined ? '' : ` ${first.pointer === '' ? '' : `${first.pointer.slice(1)}: `}${said(first.detail)}`
  return new Refusal(422, 'unfit', say`What was sent cannot be kept.${where}`, { errors })
}
/** What is wrong with values, by field; null and nothing where they fit. */
export type Misfits = Readonly<Record<string, string | null | undefined>>
/** @throws a refusal (422) with each problem at its field. */
export function throwIfUnfit(misfits: Misfits): void {
  const problems = Object.entries(misfits).flatMap(([field, detail]) =>
    detail ? [{ pointer: `/${field}`, detail }] : [],
  )
  if (problems.length > 0) throw unfit(problems)
}
/** It does not exist, or this person may not know of it: the two are never told apart. */
export function notFound(what: string): Refusal {
  return new Refusal(404, 'not-found', say`${what} was not found. It may have been removed, or you may not see it.`)
}
export function forbidden(what: string): Refusal {
  return new Refusal(403, 'forbidden', what)
}
/** Somebody else was faster; `current` is the record as it stands now. */
export function stale(current: unknown, rev: number): Refusal {
  return new Refusal(
    412,
    'stale',
    say`Somebody changed this meanwhile; it is now at revision ${rev}. Compare, and save again on top of it.`,
    { extra: { current } },
  )
}
export function conflict(because: string, extra: Readonly<Record<string, unknown>> = {}): Refusal {
  return new Refusal(409, 'conflict', because, { extra })
}
export function badRequest(because: string, errors: readonly FieldProblem[] = []): Refusal {
  return new Refusal(400, 'bad-request', because, { errors })
}
