// Roles made while the product runs, granted for everything, a unit with what is below it, a team, and one's own: what their
// holder sees and changes of every kind of record, and what the access page says of it.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { system } from '#kit/actor.ts'
import { classOf, isWithin } from '#kit/clearance.ts'
import type { AnyRow, RecordType } from '#kit/record.ts'
import { isGivable } from '#kit/records/own-role-rules.ts'
import { newToken } from '#kit/routes/tokens.ts'
import { RECORDS } from '#app'
import type { Matrix, Place, Player, Side } from './cast.ts'
import { castMatrix, SIDES } from './cast.ts'

/** What a role of the organisation's own can have at all: read, and change where that is given to some role. */
const WIDE = Object.fromEntries(
  RECORDS.filter((record) => isGivable(record, 'read') && record.private === undefined && isWithin(classOf(record), 'C4')).map((record) => [record.name, isGivable(record, 'update') ? ['read', 'update'] : ['read']]), // oxfmt-ignore
)
/** An import is changed by a route of its own, which asks about what it brings in: imports.test.ts. */
const GIVEN = RECORDS.filter((record) => Object.hasOwn(WIDE, record.name) && record.name !== 'importBatch')
/** The same without changing: what is read is not what is changed. */
const READING = Object.fromEntries(GIVEN.map((record) => [record.name, ['read']]))
const PLACES: readonly Place[] = ['organisation', 'unit', 'team', 'own']
interface Holder extends Player {
  readonly mayChange: boolean
}
let matrix: Matrix
const holders: Holder[] = []
/** Of each kind of record a row of neither side that names the holder where the kind says whose own it is. */
const own = new Map<string, AnyRow>()

before(async () => {
  matrix = await castMatrix()
  const admin = matrix.players.find(({ role }) => role === 'administrator') ?? assert.fail()
  const post = async (path: string, body: object): Promise<{ id: number }> => {
    const made = await matrix.server.call('POST', path, { token: admin.token, body })
    assert.equal(made.status, 201, `${path}: ${made.text}`)
    return made.body as { id: number }
  }
  const roles = [
    { mayChange: true, id: (await post('/roles', { name: 'Wide', rights: WIDE, ceiling: 'C4', widest: 'organisation' })).id }, // oxfmt-ignore
    { mayChange: false, id: (await post('/roles', { name: 'Reading', rights: READING, ceiling: 'C4', widest: 'organisation' })).id }, // oxfmt-ignore
  ]
  const at = { organisation: null, unit: matrix.rows.a.get('unit')?.id, team: matrix.rows.a.get('team')?.id, own: null }
  for (const place of PLACES)
    for (const { id, mayChange } of roles) {
      const { id: person } = await post('/persons', { name: `${place} ${mayChange ? 'changes' : 'reads'}` })
      await post('/grants', { person, role: `role:${id}`, scope: place, at: at[place] })
      const { token } = await newToken(matrix.server.store, { org: 1, person }, { name: 'reaches', days: 9 })
      holders.push({ name: `${place}, ${mayChange ? 'changing' : 'reading'}`, token, org: 1, person, role: 'own', place, mayChange }) // oxfmt-ignore
    }
  for (const record of GIVEN) if (ownFields(record).length > 0) await makeOwn(record)
})
/** Fields of the row itself that say whose own it is. */
function ownFields(record: RecordType): string[] {
  const { scope } = record
  return typeof scope === 'object' ? (scope.own ?? []).filter((name) => record.fields[name] !== undefined) : []
}
async function makeOwn(record: RecordType): Promise<void> {
  const { store } = matrix.server
  const named = holders.filter(({ place }) => place === 'own').map(({ person }) => person)
  for (const person of named) {
    const [field = ''] = ownFields(record)
    // What hangs on something hangs where these holders see nothing else.
    const on = typeof record.scope === 'object' ? record.scope.on : undefined
    const below = on === undefined ? {} : { [on]: { record: 'incident', id: matrix.rows.b.get('incident')?.id } }
    const draft = { ...(await matrix.drafts.valid(record)), ...below, [field]: record.fields[field]?.kind === 'refs' ? [person] : person } // oxfmt-ignore
    own.set(`${record.name}/${person}`, await store.create(system(1, `own-${record.name}-${person}`, 'setup'), record, draft, { trusted: true })) // oxfmt-ignore
  }
}
/** Whether the grant reaches rows of that side, by the declaration alone. What hangs on something hangs on the incident of its side. */
function reaches(holder: Holder, record: RecordType, side: Side): boolean {
  if (holder.place === 'organisation') return true
  const { scope } = record
  if (scope === undefined) return false
  if (scope === 'shared') return true
  const isDirect = holder.place !== 'own' && side === 'a' && (scope[holder.place]?.length ?? 0) > 0
  const isHanging = scope.on !== undefined && side === 'a' && holder.place !== 'own'
  return isDirect || isHanging
}
const get = async (holder: Holder, record: RecordType, id: number): Promise<number> =>
  (await matrix.server.call('GET', `/${record.plural}/${id}`, { token: holder.token })).status
async function change(holder: Holder, record: RecordType, id: number): Promise<number> {
  const { rev, tags } = await matrix.server.store.get(system(1, 'reaches'), record, id)
  const body = { tags: [...(tags as string[]).slice(0, 1), `by${holder.person}${holder.place}`] } // tags are texts on every record
  return (await matrix.server.call('PATCH', `/${record.plural}/${id}`, { token: holder.token, body, headers: { 'if-match': `"${rev}"` } })).status // oxfmt-ignore
}
const isRefused = (status: number): boolean => status === 403 || status === 404
const isForAll = (record: RecordType, deed: 'read' | 'update'): boolean => record.can[deed].includes('everyone')

describe('roles that were made at run time', () => {
  it('are enough for most kinds of record, in each of the four reaches', () => {
    assert.ok(GIVEN.length > 25, `${GIVEN.length} kinds`)
    assert.equal(holders.length, 8)
    assert.ok(new Set([...own.keys()].map((key) => key.split('/')[0])).size >= 10, [...own.keys()].join())
  })
  for (const record of GIVEN)
    it(`reach ${record.labelPlural.toLowerCase()} so far and no further, for seeing and for changing`, async () => {
      const wrong: string[] = []
      for (const holder of holders) {
        for (const side of SIDES) wrong.push(...(await onSide(holder, record, side)))
        if (holder.place === 'own') wrong.push(...(await onTheirOwn(holder, record)))
      }
      assert.deepEqual(wrong, [])
    })
})
/** Whether the role gives changes, where it holds. */
const mayByRole = (holder: Holder, record: RecordType): boolean => holder.mayChange && isGivable(record, 'update')

async function onSide(holder: Holder, record: RecordType, side: Side): Promise<string[]> {
  const id = matrix.rows[side].get(record.name)?.id ?? assert.fail(record.name)
  const isReached = reaches(holder, record, side)
  const isSeen = (await get(holder, record, id)) === 200
  const isChanged = !isRefused(await change(holder, record, id))
  // What belongs to nobody in particular is read by a narrower grant, and changed by one for everything.
  const isChangedThere = isReached && (record.scope !== 'shared' || holder.place === 'organisation')
  const mayChange = isSeen && (isForAll(record, 'update') || (mayByRole(holder, record) && isChangedThere))
  return [
    ...(isSeen === (isForAll(record, 'read') || isReached) ? [] : [`${holder.name} ${side}: sees ${isSeen}`]),
    ...(isChanged === mayChange ? [] : [`${holder.name} ${side}: changes ${isChanged}`]),
  ]
}
async function onTheirOwn(holder: Holder, record: RecordType): Promise<string[]> {
  const row = own.get(`${record.name}/${holder.person}`)
  if (row === undefined) return []
  const other = holders.find((one) => one.place === 'own' && one.person !== holder.person) ?? assert.fail()
  const foreign = own.get(`${record.name}/${other.person}`)?.id ?? 0
  const isNamed = record.can.update.some((who) => who.startsWith('field:') && ownFields(record).includes(who.slice(6)))
  const isChanged = !isRefused(await change(holder, record, row.id))
  const isForeignSeen = (await get(holder, record, foreign)) === 200
  return [
    ...((await get(holder, record, row.id)) === 200 ? [] : [`${holder.name}: does not see their own`]),
    ...(isForeignSeen === isForAll(record, 'read')
      ? []
      : [`${holder.name}: sees what is another's own: ${isForeignSeen}`]),
    ...(isChanged === (isForAll(record, 'update') || isNamed || mayByRole(holder, record)) ? [] : [`${holder.name}: changes their own: ${isChanged}`]), // oxfmt-ignore
  ]
}
