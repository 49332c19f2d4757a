// The access page tells the truth: what it says that a person may see and change, and who can see a record, against what
// the API then does for each kind of record and each player, in both directions.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { system } from '#kit/actor.ts'
import type { Reader, RecordAccess } from '#kit/explain.ts'
import type { RecordType } from '#kit/record.ts'
import { RECORDS } from '#app'
import type { Matrix, Player, Side } from './cast.ts'
import { castMatrix, SIDES } from './cast.ts'
import { requestFor } from './requests.ts'

let matrix: Matrix
let admin: Player
let players: readonly Player[]
/** What the page says of each player. */
const told = new Map<string, ReadonlyMap<string, RecordAccess>>()
before(async () => {
  matrix = await castMatrix()
  players = matrix.players.filter(({ org, hasLeft }) => org === 1 && hasLeft !== true)
  admin = players.find(({ role }) => role === 'administrator') ?? assert.fail()
  for (const { name, person } of players) {
    const { body } = await matrix.server.call('GET', `/access/persons/${person}`, { token: admin.token })
    told.set(name, new Map((body as { records: RecordAccess[] }).records.map((one) => [one.record, one])))
  }
})
const idOf = (record: RecordType, side: Side): number => matrix.rows[side].get(record.name)?.id ?? assert.fail(record.name) // oxfmt-ignore
const isRefused = (status: number): boolean => status === 403 || status === 404
interface Done {
  readonly sees: boolean
  readonly changes: boolean
  /** Null where it is not tried. */
  readonly bins: boolean | null
}
/** What the API answers the player who opens the row, changes it, and puts it into the bin (from where it is taken back). */
async function does(player: Player, record: RecordType, side: Side): Promise<Done> {
  // oxfmt-ignore
  const { server } = matrix
  const { token } = player
  const path = `/${record.plural}/${idOf(record, side)}`
  const sees = (await server.call('GET', path, { token })).status === 200
  const now = await server.store.get(system(1, 'explained'), record, idOf(record, side))
  const body = { tags: [...(now['tags'] as string[]).slice(0, 1), `by${player.person}`] } // tags are texts on every record
  const headers = { 'if-match': `"${now.rev}"` }
  const changes = !isRefused((await server.call('PATCH', path, { token, body, headers })).status)
  // Who lies in the bin is nobody any more: the player that is the person of side a stays.
  if (players.some(({ person }) => record.name === 'person' && person === now.id)) return { sees, changes, bins: null }
  const { status } = await server.call('DELETE', path, { token })
  if (status === 204)
    await server.store.bin(system(1, 'explained'), record, { id: idOf(record, side), rev: null }, { restore: true })
  return { sees, changes, bins: !isRefused(status) }
}
const DEEDS = [
  ['read', 'sees'],
  ['update', 'changes'],
  ['bin', 'bins'],
] as const

describe('the access page', () => {
  it('speaks of every kind of record, to every player', () => {
    for (const [name, records] of told) assert.equal(records.size, RECORDS.length, name)
    assert.ok(told.size >= 19, `${told.size} players`)
  })
  for (const record of RECORDS)
    it(`says of ${record.labelPlural.toLowerCase()} who sees, changes and removes them as the API then does`, async () => {
      const wrong: string[] = []
      for (const side of SIDES) {
        const path = `/access/records/${record.name}/${idOf(record, side)}`
        const asked = await matrix.server.call('GET', path, { token: admin.token })
        // What not even an administrator reads is explained to nobody.
        const page = asked.status === 200 ? (asked.body as Page) : null // so its schema says
        for (const player of players) {
          const done = await does(player, record, side)
          const said = [...ofPerson(player, record, done), ...(page === null ? [] : ofRecord(player, page, done))]
          wrong.push(...said.map((one) => `${player.name}, side ${side}: ${one}`))
        }
      }
      assert.deepEqual(wrong, [])
    })
  it('says who may make a new one as the API then does', async () => {
    const wrong: string[] = []
    for (const record of RECORDS) {
      const valid = record.can.create.length === 0 ? {} : await matrix.drafts.valid(record)
      const route = matrix.server.running.routes.find(({ method, path }) => method === 'POST' && path === `/${record.plural}`) // oxfmt-ignore
      for (const player of players) {
        // An import begins with its file.
        const draft = route?.body === 'upload' ? requestFor(matrix, route, 'a').body : valid
        const { extent } = told.get(player.name)?.get(record.name)?.may.create ?? assert.fail()
        const { status } = await matrix.server.call('POST', `/${record.plural}`, { token: player.token, body: draft })
        if (extent === 'none' && !isRefused(status)) wrong.push(`${player.name} makes ${record.name} (${status}); the page says none`) // oxfmt-ignore
        if (extent === 'all' && isRefused(status)) wrong.push(`${player.name} makes no ${record.name} (${status}); the page says all`) // oxfmt-ignore
      }
    }
    assert.deepEqual(wrong, [])
  })
})

interface Page {
  readonly everyone: boolean
  readonly readers: readonly Reader[]
}
/** Where the page of the person says otherwise. "Some" leaves both open: which rows is said by the page of the record. */
function ofPerson(player: Player, record: RecordType, done: Done): string[] {
  const may = told.get(player.name)?.get(record.name)?.may ?? assert.fail(player.name)
  return DEEDS.flatMap(([deed, name]) => {
    const { extent, because } = may[deed]
    const isNever = done[name] === true && extent === 'none'
    const isAlways = done[name] === false && extent === 'all' && (deed === 'read' || done.sees)
    const isBare = extent !== 'none' && because.length === 0
    return isNever || isAlways || isBare
      ? [`${name} ${done[name]}; their page says ${extent}: ${because.join(' ')}`]
      : []
  })
}
/** Where the page of the record says otherwise. */
function ofRecord(player: Player, page: Page, done: Done): string[] {
  const reader = page.readers.find(({ person }) => person.id === player.person)
  if (done.sees !== (page.everyone || reader !== undefined)) return [`sees ${done.sees}; the page of the record says otherwise`] // oxfmt-ignore
  if (reader === undefined) return []
  const wrong = DEEDS.slice(1).filter(([deed, name]) => done[name] !== null && done[name] !== reader.may.includes(deed))
  return [
    ...wrong.map(([, name]) => `${name} ${done[name]}; the page of the record says ${reader.may.join()}`),
    ...(reader.because.length === 0 ? ['is on the page of the record without a reason'] : []),
  ]
}
