/** A new row with what every row has, before it is written. */
import type { Actor } from './actor.ts'
import type { Values } from './draft.ts'
import type { AnyRow, RecordType } from './record.ts'

/** A new row before its rules ran. */
export function blankRow(
  record: RecordType,
  { id, now, actor }: { id: number; now: string; actor: Actor },
  values: Values,
): AnyRow {
  return {
    custom: {},
    tags: [],
    ...values,
    id,
    number: `${record.number}-${id}`,
    rev: 1,
    createdAt: now,
    createdBy: actorRef(actor),
    updatedAt: now,
    updatedBy: actorRef(actor),
    binnedAt: null,
  }
}
export function actorRef(actor: Actor): AnyRow['createdBy'] {
  return actor.person === null ? null : { id: actor.person, number: `P-${actor.person}`, title: actor.name }
}
