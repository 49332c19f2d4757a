/** Who may see and do what: one rule, compiled into SQL, so that lists, search, counters and exports obey it alike. */
import type { Actor, Deed, Grant } from './actor.ts'
import { isAllowed, isProduct } from './actor.ts'
import { ceiling, ceilingOfRole, classOf, HIGHEST_OF_ROLES, isWithin } from './clearance.ts'
import type { Sql } from './database.ts'
import type { Kinds } from './reach.ts'
import { both, either, hangsOn, inReach, isPlainly } from './reach.ts'
import type { AnyRow, RecordType, Role, Who } from './record.ts'
import { plainSnake, snake } from './record.ts'
import type { Fragment } from './sql.ts'
import { join, raw, run, sql } from './sql.ts'

export type { Deed } from './actor.ts'

export function whoMay(record: RecordType, deed: Deed): readonly Who[] {
  return deed === 'bin' ? (record.can.bin ?? record.can.update) : record.can[deed]
}

/**
 * The rows of a record that the actor may read, as a condition on the table alias `t`. Whoever may read all of them
 * gets `true`. What hangs on other records needs to know which kinds there are: without, only its own people read it.
 */
export function readable(actor: Actor, record: RecordType, kinds: Kinds | null = null): Fragment {
  const known = remembered(actor, kinds)
  const before = known.get(record)
  if (before !== undefined) return before
  const made = rows(actor, record, { alias: 't', kinds, byPeople: true })
  known.set(record, made)
  return made
}
interface Remembered {
  readonly person: number | null
  readonly grants: Actor['grants']
  readonly kinds: Kinds | null
  readonly conditions: Map<RecordType, Fragment>
}
const conditionsOf = new WeakMap<object, Remembered>()
/**
 * Conditions that were made for the same identity: its roles are the same list for as long as it is kept. What hangs on
 * everything asks about every kind of record, which takes most of a millisecond to write down.
 */
function remembered(actor: Actor, kinds: Kinds | null): Map<RecordType, Fragment> {
  const { person, grants, roles } = actor
  const kept = conditionsOf.get(roles)
  if (kept?.person === person && kept.grants === grants && kept.kinds === kinds) return kept.conditions
  const conditions = new Map<RecordType, Fragment>()
  conditionsOf.set(roles, { person, grants, kinds, conditions })
  return conditions
}
/** Whether the actor may read every row of it. */
export function readsAll(actor: Actor, record: RecordType, kinds: Kinds | null = null): boolean {
  return isPlainly(readable(actor, record, kinds), 'true')
}

interface At {
  readonly alias: string
  readonly kinds: Kinds | null
  /** Whether being named by the row is enough. */
  readonly byPeople: boolean
}
function rows(actor: Actor, record: RecordType, at: At): Fragment {
  // The product itself (a system actor without a person) keeps what is private or secret, too.
  if (isProduct(actor)) return raw('true')
  const allowed = either([
    hanging(record) === null || isAdministratorOf(actor, record)
      ? byRole(actor, record, at)
      : byParent(actor, record, at),
    at.byPeople ? byPeople(actor, record, at.alias) : raw('false'),
  ])
  if (record.private === undefined) return allowed
  const { owner, unless } = record.private
  const column = (name: string): Fragment => raw(`${at.alias}.${snake(name)}`)
  const open = sql`${column(unless[0])} = ${unless[1]} or ${column(owner)} = ${actor.person ?? 0} or ${ofTeam(actor, record, at.alias)}`
  return both([allowed, sql`(${open})`])
}
/** Private rows of a team that the actor is in or leads; administrators see to those of every team. */
function ofTeam(actor: Actor, { private: mine }: RecordType, alias: string): Fragment {
  if (mine?.team === undefined) return raw('false')
  const column = raw(`${alias}.${snake(mine.team)}`)
  if (actor.roles.includes('administrator')) return sql`${column} is not null`
  const person = actor.person ?? 0
  return sql`${column} in (select id from team where org = ${actor.org} and binned_at is null and (${person} = any(members) or lead = ${person}))`
}
/** By roles that read it everywhere, or where a grant reaches. */
function byRole(actor: Actor, record: RecordType, at: At): Fragment {
  if (holdsEverywhere(actor, record, 'read')) return raw('true')
  const grants = (actor.grants ?? []).filter((grant) => gives(grant, record, 'read'))
  if (record.scope === 'shared') return raw(grants.length > 0 ? 'true' : 'false')
  return either(grants.map(({ reach }) => inReach(actor, record, reach, at)))
}
/** By being named in the row. */
function byPeople(actor: Actor, record: RecordType, alias: string): Fragment {
  if (actor.person === null) return raw('false')
  const names = relationsIn(whoMay(record, 'read')).filter(
    (name) => record.fields[name] !== undefined || name === 'createdBy',
  )
  return either(
    names.map((name) => {
      const column = raw(`${alias}.${snake(name)}`)
      return record.fields[name]?.kind === 'refs'
        ? sql`${actor.person} = any(${column})`
        : sql`${column} = ${actor.person}`
    }),
  )
}

/** What hangs on a record is read by whoever reads that record; what is for the staff, by those of them who do by their role. */
function byParent(actor: Actor, record: RecordType, at: At): Fragment {
  const { on = '', staffOnly } = hanging(record) ?? {}
  const column = raw(`${at.alias}.${plainSnake(on)}_record`)
  const staff = holdersOnly(actor, record)
  const alone = either([
    record.fields[on]?.required === true ? raw('false') : both([sql`${column} is null`, byRole(actor, record, at)]),
    ...(actor.grants ?? [])
      .filter((grant) => grant.reach.scope !== 'organisation' && gives(grant, record, 'read'))
      .map(({ reach }) => inReach(actor, record, reach, { alias: at.alias, kinds: null })),
  ])
  const among = staff === null ? raw('false') : parents(staff, { ...at, on, byPeople: false })
  if (staffOnly === true) return either([alone, among])
  const open = parents(actor, { ...at, on, byPeople: true })
  const isOpen = staffOnly === undefined ? raw('true') : sql`${raw(`${at.alias}.${snake(staffOnly)}`)} is not true`
  return either([alone, both([isOpen, open]), staffOnly === undefined ? raw('false') : among])
}
/** The actor with nothing but the roles that read this record; null when there are none. */
function holdersOnly(actor: Actor, record: RecordType): Actor | null {
  const roles = actor.roles.filter((role) => record.can.read.includes(role))
  const grants = (actor.grants ?? []).filter((grant) => gives(grant, record, 'read'))
  return roles.length + grants.length === 0 ? null : { ...actor, roles, grants }
}
/** Rows that hang on rows which the actor may read. What hangs on what hangs itself is followed one step, for tasks and their like. */
function parents(actor: Actor, { alias, kinds, on, byPeople: isByPeople }: At & { on: string }): Fragment {
  const inner = `${alias}p`
  const known = (kinds?.records ?? []).filter(
    (parent) => hanging(parent) === null || (parent.place !== undefined && alias === 't'),
  )
  const made = known.map(
    (parent) => [parent, rows(actor, parent, { alias: inner, kinds, byPeople: isByPeople })] as const,
  )
  const whole = made.filter(([, one]) => isPlainly(one, 'true')).map(([parent]) => `'${parent.name}'`)
  const parts = made
    .filter(([, one]) => !isPlainly(one, 'true') && !isPlainly(one, 'false'))
    .map(([parent, one]) => sql`(${hangsOn(parent, { alias, inner, on })} and ${one}))`)
  const column = `${alias}.${plainSnake(on)}_record`
  return either([...(whole.length === 0 ? [] : [raw(`${column} in (${whole.join(', ')})`)]), ...parts])
}
function hanging(record: RecordType): { readonly on: string; readonly staffOnly?: string | true } | null {
  const { scope } = record
  return scope === undefined || scope === 'shared' || scope.on === undefined
    ? null
    : { on: scope.on, staffOnly: scope.staffOnly }
}
function isAdministratorOf(actor: Actor, record: RecordType): boolean {
  return actor.roles.includes('administrator') && isWithin(classOf(record), HIGHEST_OF_ROLES)
}

/** Whether a grant gives the deed on rows within its reach. */
export function gives(grant: Grant, record: RecordType, deed: Deed): boolean {
  if (deed === 'read' && !isWithin(classOf(record), grant.ceiling)) return false
  if (grant.rights === null) return whoMay(record, deed).includes(grant.role as Role)
  return Object.hasOwn(grant.rights, record.name) && (grant.rights[record.name]?.includes(deed) ?? false)
}
/** Whether the actor may do it to every row, whoever it belongs to. */
export function holdsEverywhere(actor: Actor, record: RecordType, deed: Deed): boolean {
  const who = whoMay(record, deed)
  if (isProduct(actor)) return true
  if (who.length === 0) return false
  // A class keeps rows from being read; whoever reads one by being named in it may be allowed more by their role.
  const isSecret = deed === 'read' && !isWithin(classOf(record), 'C1')
  const roles = isSecret ? actor.roles.filter((role) => isWithin(classOf(record), ceilingOfRole(role))) : actor.roles
  const isOpen =
    who.includes('everyone') &&
    (!isSecret ||
      isWithin(
        classOf(record),
        ceiling(actor, (one) => gives(one, record, 'read')),
      ))
  return (
    isOpen ||
    roles.some((role) => role === 'administrator' || who.includes(role)) ||
    (actor.grants ?? []).some((grant) => grant.reach.scope === 'organisation' && gives(grant, record, deed))
  )
}
/** Whether the actor may do this, by a role that holds everywhere or by being named in the row. See `near` for other grants. */
export function may(actor: Actor, record: RecordType, deed: Deed, row: AnyRow | null): boolean {
  if (holdsEverywhere(actor, record, deed)) return true
  return row !== null && relationsIn(whoMay(record, deed)).some((name) => isRelated(actor, row[name]))
}
/**
 * Whether the actor may make a move of this row. A role of the organisation's own that may change the record makes the
 * moves that are open to every built-in role that may.
 */
export function mayMove(actor: Actor, record: RecordType, by: readonly Who[], row: AnyRow): boolean {
  if (by.length === 0) return isProduct(actor)
  if (isAllowed(actor, by) || relationsIn(by).some((name) => isRelated(actor, row[name]))) return true
  const isUsual = record.can.update.every((who) => who.startsWith('field:') || by.includes(who))
  return (
    isUsual &&
    (actor.grants ?? []).some(
      (grant) => grant.rights !== null && grant.reach.scope === 'organisation' && gives(grant, record, 'update'),
    )
  )
}
/** Whether the actor may do it to some row at all: decides whether a button is offered. */
export function mayAtAll(actor: Actor, record: RecordType, deed: Deed): boolean {
  if (holdsEverywhere(actor, record, deed)) return true
  const who = whoMay(record, deed)
  const isNamed = who.length > 0 && (relationsIn(who).length > 0 || (deed === 'read' && isOpenHanging(record)))
  return isNamed || (actor.grants ?? []).some((grant) => gives(grant, record, deed))
}
function isOpenHanging(record: RecordType): boolean {
  const hangs = hanging(record)
  return hangs !== null && hangs.staffOnly !== true
}

/**
 * The actor as regards one row: grants that reach it hold like grants for the organisation. Whoever has none but those
 * is answered without a question to the database.
 */
export async function near(
  on: Sql,
  actor: Actor,
  record: RecordType,
  of: { id: number; kinds: Kinds },
): Promise<Actor> {
  const grants = actor.grants ?? []
  const narrow = grants.filter((grant) => grant.reach.scope !== 'organisation')
  const leads = leading(actor, record)
  if (narrow.length === 0 && leads === null) return actor
  const tests = [
    ...narrow.map(({ reach }) => inReach(actor, record, reach, { alias: 't', kinds: of.kinds })),
    ...(leads === null ? [] : [leads]),
  ]
  const columns = join(tests.map((test, index) => sql`coalesce(${test}, false) as ${raw(`g${index}`)}`))
  const found = await run<Record<string, boolean>>(
    on,
    sql`select ${columns} from ${raw(record.table)} t where t.org = ${actor.org} and t.id = ${of.id}`,
  )
  const reached = narrow.filter((_, index) => found[0]?.[`g${index}`] === true)
  const roles = reached.flatMap((grant) => (grant.rights === null ? [grant.role as Role] : [])) // built-in: null rights
  return {
    ...actor,
    roles: [...actor.roles, ...roles.filter((role) => role !== 'administrator')],
    grants: [
      ...grants.filter((grant) => grant.reach.scope === 'organisation'),
      ...reached.map((grant): Grant => ({ ...grant, reach: { scope: 'organisation' } })),
      ...(leads !== null && found[0]?.[`g${narrow.length}`] === true ? [ofLead(record)] : []),
    ],
  }
}
/** Whether the actor leads the team that a private row belongs to; null where that gives nothing. */
function leading(actor: Actor, record: RecordType): Fragment | null {
  const team = record.private?.team
  if (team === undefined || actor.person === null || actor.roles.includes('administrator')) return null
  return sql`exists (select from team l where l.org = t.org and l.id = ${raw(`t.${snake(team)}`)} and l.binned_at is null and l.lead = ${actor.person})`
}
function ofLead(record: RecordType): Grant {
  const rights = { [record.name]: ['read', 'update', 'bin'] as const }
  return { role: 'lead', label: 'lead', reach: { scope: 'organisation' }, rights, ceiling: 'C1' }
}

export function relationsIn(who: readonly Who[]): string[] {
  return who.filter((name) => name.startsWith('field:')).map((name) => name.slice('field:'.length))
}
function isRelated(actor: Actor, value: unknown): boolean {
  if (actor.person === null) return false
  if (Array.isArray(value)) return value.some((item) => isRelated(actor, item))
  return typeof value === 'object' && value !== null && 'id' in value && value.id === actor.person
}
