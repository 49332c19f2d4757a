/** What routes of records share: the view in an address, ids, revisions, and the row as its page needs it. */
import { said, say } from '#engines/say.ts'
import { may } from './access.ts'
import { clearFields } from './clearance.ts'
import type { Actor } from './actor.ts'
import type { FilterContext } from './condition.ts'
import { clearAdded } from './added.ts'
import { BASE_FIELDS, idOf } from './condition.ts'
import type { Call, JsonSchema } from './contract.ts'
import type { ListQuery } from './list.ts'
import { nearestName } from './nearest.ts'
import { badRequest, notFound, Refusal } from './problem.ts'
import type { AnyRow, RecordType } from './record.ts'
import type { Store } from './store.ts'

export interface RestParts {
  readonly store: Store
  /** The zone in which days of a filter begin: the person's, else the organisation's. */
  readonly zone: (actor: Actor) => Promise<string>
  /** More that belongs to one row on its page: clocks, suggestions. */
  readonly extras: ReadonlyMap<string, (actor: Actor, row: AnyRow) => Promise<Readonly<Record<string, unknown>>>>
}

/** The members that `extras` answers: record → name → schema. */
export type ExtraShapes = ReadonlyMap<string, Readonly<Record<string, JsonSchema>>>

export async function filterContext(parts: Pick<RestParts, 'store' | 'zone'>, actor: Actor): Promise<FilterContext> {
  return { catalogue: parts.store.catalogue, actor, now: parts.store.now(), zone: await parts.zone(actor) }
}

/** Reads the part of an address that describes a view. */
export function viewQuery(query: Call['query']): ListQuery {
  const limit = query['limit'] === undefined ? 50 : Number(query['limit'])
  if (!Number.isInteger(limit) || limit < 1 || limit > 500)
    throw badRequest(say`"limit" is a whole number from 1 to 500.`, [
      { pointer: '/limit', detail: say`A whole number from 1 to 500.` },
    ])
  for (const [name, most] of [
    ['filter', 4000],
    ['sort', 200],
    ['q', 500],
    ['after', 2000],
    ['fields', 2000],
  ] as const) {
    const value = query[name] ?? ''
    if (value.length > most) throw badRequest(say`"${name}" is longer than ${most} characters.`)
    if (value.includes('\u0000')) throw badRequest(say`"${name}" holds a NUL character.`)
  }
  const fields = query['fields']?.split(',').map((name) => name.trim())
  return {
    filter: query['filter'],
    sort: query['sort'] || undefined,
    limit,
    after: query['after'] || undefined,
    q: query['q'],
    fields,
    binned: query['binned'] === 'true',
  }
}

const ROW_NAMES = ['id', 'number', 'rev', 'binnedAt', 'custom', ...Object.keys(BASE_FIELDS)]
/** @throws a refusal (400) for a name in `fields` that the record does not have */
export function checkFields(context: FilterContext, record: RecordType, fields: readonly string[] | undefined): void {
  const added = Object.keys(clearAdded(context.catalogue, context.actor, record))
  const known = [...Object.keys(clearFields(context.actor, record)), ...ROW_NAMES, ...added]
  const strange = fields?.find((name) => name !== '' && !known.includes(name.replace(/^custom\./, '')))
  if (strange === undefined) return
  const close = nearestName(strange, known)
  const hint = close === null ? '' : say` Did you mean ${close}?`
  const because = say`${said(record.label)} has no field "${strange.slice(0, 60)}".${hint}`
  throw badRequest(because, [{ pointer: '/fields', detail: because }])
}

/** The id of {id}: 1042 or INC-1042. @throws not found */
export function readId(record: RecordType, text: string | undefined): number {
  const id = idOf(record, text ?? '')
  if (id === null || id === 0) throw notFound(`${said(record.label)} ${(text ?? '').slice(0, 40)}`)
  return id
}
/** @throws 428 when the revision is missing */
export function neededRev(call: Call): number {
  if (call.rev === null)
    throw new Refusal(
      428,
      'if-match',
      say`Send If-Match with the revision that you read, such as "3", so that nobody is overwritten.`,
    )
  return call.rev
}

/** The row with what its page needs: moves, rights and extras of its domain. */
export async function whole(
  parts: RestParts,
  actor: Actor,
  record: RecordType,
  row: AnyRow,
): Promise<Readonly<Record<string, unknown>>> {
  const extras = (await parts.extras.get(record.name)?.(actor, row)) ?? {}
  const here = await parts.store.near(actor, record, row.id)
  return {
    ...row,
    ...extras,
    moves: parts.store.moves(here, record, row),
    can: { update: may(here, record, 'update', row), bin: may(here, record, 'bin', row) },
  }
}
