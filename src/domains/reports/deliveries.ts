/** To whom an issue was sent, and what became of it: kept without a language, said to whoever reads it. */
import { z } from 'zod'
import { say } from '#engines/say.ts'
import type { Shown } from '#kit/field.ts'
import type { AnyRow } from '#kit/record.ts'

const BECAUSE = ['gone', 'noReports', 'nothing', 'leftOut', 'noAddress', 'held'] as const
/** Why a letter was not sent, or not as it is. */
export type Because = (typeof BECAUSE)[number]
const entry = {
  person: z.number(),
  name: z.string(),
  at: z.string(),
  /** Held: it waits in the outbox, as no mail server is set. */
  outcome: z.enum(['sent', 'partly', 'held', 'refused']),
}
/** As it is read. */
export const DELIVERIES = z.array(z.strictObject({ ...entry, because: z.string() }))
/** As it is kept. `leftOut`: how many parts they may not read. */
const KEPT = z.array(z.strictObject({ ...entry, because: z.enum(BECAUSE).nullable(), leftOut: z.number() }))
export type Delivery = z.infer<typeof KEPT>[number]

/** @param row as it is kept */
export function deliveriesOf(row: AnyRow): Delivery[] {
  return deliveriesIn(row['deliveries'])
}
function deliveriesIn(value: unknown): Delivery[] {
  const read = KEPT.safeParse(value ?? [])
  return read.success ? read.data : []
}
export const deliveriesShown: Shown = {
  show: (value) =>
    value === null
      ? null
      : deliveriesIn(value).map(({ leftOut, because, ...one }) => ({ ...one, because: sentenceOf(because, leftOut) })),
  isWhole: () => true,
}
function sentenceOf(because: Because | null, leftOut: number): string {
  switch (because) {
    case null:
      return ''
    case 'gone':
      return say`This person is not here any more.`
    case 'noReports':
      return say`This person may not read reports.`
    case 'nothing':
      return say`This person may read nothing of what it was made of.`
    case 'leftOut':
      return say`${leftOut} parts were left out, as this person may not read them.`
    case 'noAddress':
      return say`There is no address to write to.`
    case 'held':
      return say`It waits in the outbox: no mail server is set.`
  }
}
