// Everybody and everything the matrix needs: each role everywhere and in a part, one of each record on either side.
import { system } from '#kit/actor.ts'
import type { Field } from '#kit/field.ts'
import type { AnyRow, RecordType, Role } from '#kit/record.ts'
import { newToken } from '#kit/routes/tokens.ts'
import { ROLES } from '#kit/grants.ts'
import { run, sql } from '#kit/sql.ts'
import { RECORDS } from '#app'
import { Drafts } from '../setup/drafts.ts'
import { startTestServer, type TestServer } from '../setup/server.ts'

export type Side = 'a' | 'b'
export const SIDES: readonly Side[] = ['a', 'b']
/** Where a grant holds: everywhere, in the unit above side a, in the team of side a, or for one's own. */
export type Place = 'organisation' | 'unit' | 'team' | 'own'
export interface Player {
  readonly name: string
  readonly token: string
  readonly org: number
  readonly person: number
  readonly role: Role | 'own' | null
  readonly place: Place
  readonly hasLeft?: true
}
export interface Matrix {
  readonly server: TestServer
  readonly players: readonly Player[]
  /** The rows of side a (unit A1 below A, team A), of side b, and of the other organisation. */
  readonly rows: Readonly<Record<Side | 'other', ReadonlyMap<string, AnyRow>>>
  readonly drafts: Drafts
}
/** What the role of the organisation's own allows, in this test. */
export const OWN_RIGHTS: Readonly<Record<string, readonly string[]>> = {
  incident: ['read', 'update'],
  task: ['read', 'create', 'update'],
  comment: ['read', 'create'],
  agreement: ['read'],
}
/** A word that stands in every text of one row and nowhere else. */
export function marker(record: RecordType, side: Side | 'other'): string {
  return `zz${record.name.toLowerCase()}zz${side}zz`
}

/** @param options.isWorker jobs run too, such as imports */
export async function castMatrix(options: { isWorker?: boolean } = {}): Promise<Matrix> {
  const server = await startTestServer(options)
  const { store } = server
  const make = (org: number, name: string, draft: object): Promise<AnyRow> =>
    store.create(system(org, `cast-${name}`, 'setup'), store.catalogue.get(name), draft, { trusted: true })
  const tagged = (name: string, side: Side): object => ({
    name: marker(store.catalogue.get(name), side),
    tags: [marker(store.catalogue.get(name), side)],
  })
  const top = await make(1, 'unit', { name: 'Unit A', kind: 'site' })
  const unit = {
    a: await make(1, 'unit', { ...tagged('unit', 'a'), kind: 'department', parent: top.id }),
    b: await make(1, 'unit', { ...tagged('unit', 'b'), kind: 'department' }),
  }
  const person = { a: await hire('a', unit.a.id), b: await hire('b', unit.b.id) }
  async function hire(side: Side, of: number): Promise<AnyRow> {
    return make(1, 'person', {
      ...tagged('person', side),
      email: `${side}@matrix.test`,
      unit: of,
    })
  }
  const team = {
    a: await make(1, 'team', { ...tagged('team', 'a'), lead: person.a.id, unit: unit.a.id }),
    b: await make(1, 'team', { ...tagged('team', 'b'), lead: person.b.id, unit: unit.b.id }),
  }
  const drafts = new Drafts(store)
  const rows = { a: new Map<string, AnyRow>(), b: new Map<string, AnyRow>(), other: new Map<string, AnyRow>() }
  for (const side of SIDES) {
    rows[side].set('unit', unit[side]).set('person', person[side]).set('team', team[side])
    for (const record of inOrder())
      if (!rows[side].has(record.name)) rows[side].set(record.name, await row(record, side))
  }
  async function row(record: RecordType, side: Side): Promise<AnyRow> {
    const draft = await drafts.valid(record)
    for (const [name, field] of Object.entries(record.fields)) Object.assign(draft, filled(record, side, { name, field, rows: rows[side], draft })) // oxfmt-ignore
    return make(1, record.name, { ...draft, tags: [marker(record, side)] })
  }
  for (const name of ['person', 'category', 'location', 'team'])
    rows.other.set(name, await make(2, name, { name: marker(store.catalogue.get(name), 'other') }))
  // Not records of the cast: what a request names besides.
  for (const side of SIDES) {
    const like = rows[side].get('incident')
    const beside = { subject: 'Another', requester: like?.['requester'], unit: like?.['unit'], team: like?.['team'] }
    rows[side].set('someone', await make(1, 'person', { name: 'Someone', unit: unit[side].id }))
    for (const name of ['another incident', 'third incident'])
      rows[side].set(name, await store.create(system(1, `${name}-${side}`, 'setup'), store.catalogue.get('incident'), beside, { trusted: true })) // oxfmt-ignore
  }
  const players = await hirePlayers(server, { top: top.id, team: team.a.id, person: person.a.id })
  return { server, drafts, players, rows }
}
/** What others refer to comes first. */
function inOrder(): RecordType[] {
  const first = ['incident', 'majorIncident', 'service', 'measure', 'obligation']
  const rank = (record: RecordType): number => (first.includes(record.name) ? first.indexOf(record.name) : first.length)
  return [...RECORDS].sort((a, b) => rank(a) - rank(b))
}
const KEPT = [
  'timeZone',
  'country',
  'record',
  'name_',
  'query',
  'rule',
  'sha256',
  'clock',
  'source',
  'holidayCountry',
  'rows',
  'filter',
  'heldPerson',
  // Whoever is away stands in for nobody.
  'deputy',
]
const SIDED = ['person', 'team', 'unit', 'incident', 'majorIncident']
interface Filling {
  readonly name: string
  readonly field: Field
  readonly rows: ReadonlyMap<string, AnyRow>
  readonly draft: Readonly<Record<string, unknown>>
}
/** Texts hold the marker; references lead to the row's own side. */
function filled(record: RecordType, side: Side, { name, field, rows, draft }: Filling): object {
  const isOpen = !field.stamped || record.name === 'notice' || record.name === 'file'
  if (!isOpen || record.name === 'customField' || KEPT.includes(name)) return {}
  if (isText(field, draft[name])) return { [name]: marker(record, side) }
  if (record.name === 'savedView' && name === 'audience') return { audience: 'team' }
  const incident = rows.get('incident')
  // A link leads from the incident to something else.
  if (record.name === 'link' && name === 'to') return {}
  if (field.kind === 'any') return incident === undefined ? {} : { [name]: { record: 'incident', id: incident.id } }
  const to =
    field.to === undefined || !SIDED.includes(field.to) || field.to === record.name ? undefined : rows.get(field.to)
  return to === undefined ? {} : { [name]: field.kind === 'refs' ? [to.id] : to.id }
}

/** A text of any words: not one that its record reads as a rule, a zone or a name. */
function isText(field: Field, present: unknown): boolean {
  const isWordy = field.kind === 'longText' || (field.kind === 'text' && (field.max ?? 200) >= 60)
  return isWordy && !(typeof present === 'string' && present.startsWith('FREQ'))
}

async function hirePlayers(server: TestServer, at: { top: number; team: number; person: number }): Promise<Player[]> {
  const { store } = server
  const own = await store.create(system(1, 'cast-role', 'setup'), store.catalogue.get('ownRole'), {
    name: 'Own role',
    rights: OWN_RIGHTS,
    ceiling: 'C1',
    widest: 'organisation',
  })
  const scopes: Readonly<Record<Place, number>> = { organisation: 0, unit: at.top, team: at.team, own: 0 }
  const plan: [string, Role | 'own' | null, Place][] = [
    ...ROLES.map((role): [string, Role, Place] => [`${role} everywhere`, role, 'organisation']),
    ...ROLES.filter((role) => role !== 'administrator').map((role): [string, Role, Place] => [
      `${role} of unit A`,
      role,
      'unit',
    ]),
    ['agent of team A', 'agent', 'team'],
    ['lead for their own', 'lead', 'own'],
    ['own role everywhere', 'own', 'organisation'],
    ['own role of unit A', 'own', 'unit'],
    ['nobody in particular', null, 'organisation'],
    ['agent who has left', 'agent', 'organisation'],
  ]
  const players: Player[] = []
  for (const [name, role, place] of plan) {
    const hired = await store.create(system(1, `hire-${name}`, 'setup'), store.catalogue.get('person'), { name })
    const held = role === 'own' ? `role:${own.id}` : role
    if (held !== null)
      await run(
        store.db,
        sql`insert into role_grant (org, person, role, scope, scope_id) values (1, ${hired.id}, ${held}, ${place}, ${scopes[place]})`,
      )
    const { token } = await newToken(store, { org: 1, person: hired.id }, { name: 'matrix', days: 9 })
    const hasLeft = name.endsWith('has left')
    if (hasLeft)
      await store.move(system(1, 'leave', 'setup'), store.catalogue.get('person'), { id: hired.id, rev: null, move: 'leave' }, {}) // oxfmt-ignore
    players.push({ name, token, org: 1, person: hired.id, role, place, ...(hasLeft ? { hasLeft: true } : {}) })
  }
  const asker = (await newToken(store, { org: 1, person: at.person }, { name: 'matrix', days: 9 })).token
  await run(store.db, sql`insert into role_grant (org, person, role) values (1, ${at.person}, 'requester')`)
  players.push({ name: 'requester of side a', token: asker, org: 1, person: at.person, role: 'requester', place: 'organisation' }) // oxfmt-ignore
  const { outsider } = server.people
  players.push({ name: 'administrator of another organisation', token: outsider.token, org: 2, person: outsider.id, role: 'administrator', place: 'organisation' }) // oxfmt-ignore
  return players
}
