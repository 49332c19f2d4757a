/** Workflow moves of a row: which there are, and why one may not be made now. */
import { amid, said, say } from '#engines/say.ts'
import { mayMove } from './access.ts'
import type { Actor } from './actor.ts'
import { isEmpty, missing } from './check.ts'
import type { Values } from './draft.ts'
import { labelOf } from './field.ts'
import { conflict, notFound, unfit } from './problem.ts'
import type { OrganisationSettings } from './organisation-settings.ts'
import type { AnyRow, RecordType } from './record.ts'
import type { NamedMove } from './workflow.ts'

/** A move as a screen offers it. */
export interface OfferedMove {
  readonly name: string
  readonly label: string
  readonly to: string
  readonly allowed: boolean
  readonly because: string | null
  readonly needs: readonly string[]
  readonly asks: readonly string[]
}
/** The row as it stands, who wants to move it, when, and what their organisation has set. */
export interface Moving {
  readonly row: AnyRow
  readonly actor: Actor
  readonly now: string
  readonly settings: OrganisationSettings
}

/** The move of that name from the present state. @throws conflict when it exists only from other states */
export function moveOf(record: RecordType, row: AnyRow, name: string): NamedMove {
  const state = String(row[record.flow?.field ?? ''])
  const named = record.flow?.moves.filter((move) => move.name === name) ?? []
  const move = named.find((one) => one.from.includes(state))
  if (move !== undefined) return move
  if (named.length === 0) throw notFound(say`The move "${name}"`)
  const from = named.flatMap((one) => one.from).map((one) => amid(stateLabel(record, one), 'option'))
  throw conflict(
    say`${row.number} is ${amid(stateLabel(record, state), 'option')}; "${said(named[0]?.label ?? name, 'move')}" is only possible from ${from.join(', ')}.`,
  )
}

/** Every move from the present state with the reason why it may not be made now. */
export function offeredMoves(record: RecordType, moving: Moving): OfferedMove[] {
  const state = String(moving.row[record.flow?.field ?? ''])
  const possible = (record.flow?.moves ?? []).filter((move) => move.from.includes(state))
  return possible.map((move) => {
    const filled = Object.fromEntries(
      (move.needs ?? []).map((name) => [name, isEmpty(moving.row[name]) ? '…' : moving.row[name]]),
    )
    const because = moveRefusal(record, moving, { move, values: filled })
    return {
      name: move.name,
      label: said(move.label, 'move'),
      to: move.to,
      allowed: because === null,
      because,
      needs: move.needs ?? [],
      asks: move.asks ?? [],
    }
  })
}

/** Why the move may not be made, or null. @throws unfit (422) for needed fields that are empty */
export function moveRefusal(
  record: RecordType,
  { row, actor, now, settings }: Moving,
  { move, values }: { move: NamedMove; values: Values },
): string | null {
  if (row.binnedAt !== null) return say`${row.number} is in the bin. Restore it first.`
  if (!mayMove(actor, record, move.by, row)) return isFor(record, move)
  const lacking = (move.needs ?? []).filter((name) => isEmpty(values[name] === undefined ? row[name] : values[name]))
  if (lacking.length > 0)
    throw unfit(
      lacking.map((name) => missing(name, record.fields[name] ?? { kind: 'text', required: true, stamped: false })),
    )
  return move.guard?.({ row, input: values, actor, now, settings }) ?? null
}
export function isFor(record: RecordType, move: NamedMove): string {
  const who = move.by.map((one) => {
    const field = /^field:(.+)$/.exec(one)?.[1]
    return field === undefined
      ? amid(labelOf(one), 'role')
      : say`its ${amid(record.fields[field]?.label ?? labelOf(field))}`
  })
  return say`"${said(move.label, 'move')}" is for ${who.join(', ')}.`
}
function stateLabel(record: RecordType, state: string): string {
  return record.fields[record.flow?.field ?? '']?.options?.find((option) => option.value === state)?.label ?? state
}
