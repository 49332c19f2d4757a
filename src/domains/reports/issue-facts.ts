/** What an issue keeps beside its data: what has to be explained, the explanations, and to whom it was sent. */
import { z } from 'zod'
import { say } from '#engines/say.ts'
import type { AnyRow } from '#kit/record.ts'

export const NEEDED = z.array(z.strictObject({ id: z.string(), label: z.string() }))
export type NeededComment = z.infer<typeof NEEDED>[number]
export const COMMENTS = z.record(z.string(), z.string())
/** What became of one recipient. */
export const DELIVERIES = z.array(
  z.strictObject({
    person: z.number(),
    name: z.string(),
    at: z.string(),
    outcome: z.enum(['sent', 'partly', 'refused']),
    because: z.string(),
  }),
)
export type Delivery = z.infer<typeof DELIVERIES>[number]

const MOST = 4000
export function commentsProblem(value: unknown): string | null {
  const read = COMMENTS.safeParse(value)
  if (!read.success || Object.keys(read.data).length > 200) return say`Give the commentary as texts by figure.`
  return Object.values(read.data).every((text) => text.length <= MOST)
    ? null
    : say`A comment has at most ${MOST} characters.`
}
export function commentsOf(row: AnyRow): Readonly<Record<string, string>> {
  const read = COMMENTS.safeParse(row['commentary'] ?? {})
  return read.success ? read.data : {}
}
/** What still has to be explained. */
export function neededOf(row: AnyRow): NeededComment[] {
  const read = NEEDED.safeParse(row['needed'] ?? [])
  const said = commentsOf(row)
  return (read.success ? read.data : []).filter(({ id }) => (Object.hasOwn(said, id) ? said[id] : '')?.trim() === '')
}
export function deliveriesOf(row: AnyRow): Delivery[] {
  const read = DELIVERIES.safeParse(row['deliveries'] ?? [])
  return read.success ? read.data : []
}
