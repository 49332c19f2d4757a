// Every route has a rule, and keeps it: for each role, for another organisation, for somebody who has left, for nobody. No answer holds a hidden word.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import type { Route } from '#kit/contract.ts'
import type { RecordType } from '#kit/record.ts'
import { openSession } from '#kit/sign-in.ts'
import { sessionCookieName } from '#kit/sign-in/cookie.ts'
import { run, sql } from '#kit/sql.ts'
import { RECORDS } from '#app'
import type { Answered } from '../setup/call.ts'
import type { Matrix, Player, Side } from './cast.ts'
import { castMatrix, marker, SIDES } from './cast.ts'
import { mayDo, mayRead } from './expected.ts'
import { requestFor, TAKEN } from './requests.ts'
import type { Rule } from './rules.ts'
import { NOT_NOW, PUBLIC, RULES } from './rules.ts'

let matrix: Matrix
before(async () => {
  matrix = await castMatrix()
})
const OF_RECORDS = ['', '/{id}', '/{id}/history', '/{id}/timeline', '/{id}/restore', '/{id}/comments', '/{id}/attachments', '/{id}/files/{field}', '/bulk', '/groups', '/export'] // oxfmt-ignore

/** Made from a record's declaration: records.test.ts holds them. */
function isOfRecord(route: Pick<Route, 'path'>): boolean {
  return RECORDS.some((record) => {
    const rest = route.path.startsWith(`/${record.plural}`) ? route.path.slice(record.plural.length + 1) : null
    const moves = (record.flow?.moves ?? []).map((move) => `/{id}/${move.name}`)
    return rest !== null && [...OF_RECORDS, ...moves].includes(rest)
  })
}
export function withoutRule(routes: readonly Pick<Route, 'method' | 'path' | 'access'>[]): string[] {
  return routes
    .filter((route) => route.access !== 'administrator' && !isOfRecord(route))
    .map((route) => [`${route.method} ${route.path}`, route.access === 'public' ? PUBLIC : RULES] as const)
    .filter(([name, rules]) => !Object.hasOwn(rules, name))
    .map(([name]) => name)
}
const others = (): Route[] => matrix.server.running.routes.filter((route) => !isOfRecord(route))

async function ask(route: Route, token: string | undefined, side: Side): Promise<Answered> {
  const { method, path, body, headers } = requestFor(matrix, route, side)
  return matrix.server.call(method, path, { token, body, headers })
}
const nameOf = (route: Pick<Route, 'method' | 'path'>): string => `${route.method} ${route.path}`

describe('routes', () => {
  it('have an access rule each', () => {
    assert.deepEqual(withoutRule(matrix.server.running.routes), [], 'add the rule to test/matrix/rules.ts')
    const named = new Set(matrix.server.running.routes.map((route) => `${route.method} ${route.path}`))
    const rules = [...Object.keys(RULES), ...Object.keys(PUBLIC)]
    assert.deepEqual(rules.filter((name) => !named.has(name)), [], 'rules of routes that are gone') // oxfmt-ignore
  })
  it('would fail when one is added without a rule', () => {
    assert.deepEqual(withoutRule([{ method: 'GET', path: '/reports/new', access: 'signed-in' }]), ['GET /reports/new'])
    assert.deepEqual(withoutRule([{ method: 'GET', path: '/health', access: 'public' }]), ['GET /health'])
  })

  it('are closed to nobody and to whoever has left: each, also of records, lists, changes of many, exports, feeds, files, live changes', async () => {
    const left = matrix.players.find((player) => player.hasLeft === true) ?? assert.fail()
    const { key } = await openSession(matrix.server.db, { org: 1, person: left.person })
    const cookie = { cookie: `${sessionCookieName(false)}=${key}`, 'sec-fetch-site': 'same-origin' }
    const closed = matrix.server.running.routes.filter(({ access }) => access !== 'public')
    assert.ok(closed.length > 500, `${closed.length} routes`)
    for (const route of closed)
      for (const door of [{}, { token: left.token }, { headers: cookie }]) {
        const { method, path, body } = requestFor(matrix, route, 'a')
        const answer = await matrix.server.call(method, path, { body, ...door })
        // A key in an address that opens nothing is an address that is not there.
        assert.equal(answer.status, route.byKeyIn === undefined ? 401 : 404, `${nameOf(route)}: ${answer.text}`)
      }
  })

  it('keep their rule for every role, and answer no word of what is hidden', async () => {
    const players = matrix.players.filter((player) => player.hasLeft !== true)
    assert.ok(players.some((player) => player.org !== 1), 'somebody of another organisation asks, too') // oxfmt-ignore
    const wrong: string[] = []
    // Whoever is to be turned away asks first: nothing has been changed by whoever is let in.
    for (const route of others().filter(({ access, path }) => access === 'signed-in' && path !== '/events')) {
      const rule = RULES[nameOf(route)] ?? 'own'
      // What ends sessions or tokens of the asker is not asked in the name of the cast: own-things.test.ts asks it.
      if (rule === 'own' && route.method === 'DELETE') continue
      const asked = players.flatMap((player) => SIDES.map((side) => ({ player, side, isOpen: isOpen(player, rule, side) }))) // oxfmt-ignore
      const isAlike = JSON.stringify(requestFor(matrix, route, 'a')) === JSON.stringify(requestFor(matrix, route, 'b'))
      const once = asked.filter(({ side }) => !isAlike || side === 'a')
      for (const { player, side, isOpen: isWanted } of once.sort((x, y) => Number(x.isOpen) - Number(y.isOpen))) {
        if (route.path === '/grants/{id}') await giveTaken(side)
        const answer = await ask(route, player.token, side)
        const of = `${player.name} ${nameOf(route)} ${side}: ${answer.status} ${answer.text.slice(0, 300)}`
        assert.ok(answer.status < 500, of)
        const isIn = ![401, 403, 404].includes(answer.status)
        if (typeof rule === 'object' && isIn !== isWanted) wrong.push(`${isWanted ? 'open' : 'closed'} to ${of}`)
        if (typeof rule === 'object' && isIn && !isTaken(route, answer)) wrong.push(`taken from ${of}`)
        for (const word of hiddenFrom(player, asks(route) ? side : null))
          assert.ok(!answer.text.includes(word), `${word} in ${of}`)
      }
    }
    assert.deepEqual(wrong, [], `${wrong.length} differ`)
  })

  it('for administrators are closed to everybody else, and open to one who asks the very same', async () => {
    const forThem = others().filter(({ access }) => access === 'administrator')
    for (const route of forThem)
      for (const player of here().filter((one) => one.role !== 'administrator')) {
        const answer = await ask(route, player.token, 'a')
        assert.equal(answer.status, 403, `${player.name} ${nameOf(route)}: ${answer.text}`)
      }
    const { token } = matrix.players.find(({ role }) => role === 'administrator') ?? assert.fail()
    for (const route of forThem) {
      const answer = await ask(route, token, 'b')
      assert.ok(![401, 403].includes(answer.status) && answer.status < 500, `${nameOf(route)}: ${answer.text}`)
    }
  })
})
/** The same request is taken once and finds its work done after that; what no state of the cast allows is said beside the rule. */
function isTaken(route: Route, answer: Answered): boolean {
  if (answer.status < 400) return taken.add(nameOf(route)) !== undefined
  const [status, because] = NOT_NOW[nameOf(route)] ?? [409, /./]
  return answer.status === status && because.test(answer.text) && (taken.has(nameOf(route)) || NOT_NOW[nameOf(route)] !== undefined) // oxfmt-ignore
}
const taken = new Set<string>()
async function giveTaken(side: Side): Promise<void> {
  const [role, scope] = TAKEN.split('.')
  await run(matrix.server.db, sql`insert into role_grant (org, person, role, scope) values (1, ${matrix.rows[side].get('person')?.id}, ${role}, ${scope}) on conflict do nothing`) // oxfmt-ignore
}
/** Words of rows that the player may not read. `said`: the side whose incident the question itself names. */
function hiddenFrom(player: Player, said: Side | null): string[] {
  return RECORDS.flatMap((record) =>
    SIDES.filter(
      (side) => !mayRead(matrix, player, record, side) && !(record.name === 'incident' && side === said),
    ).map((side) => marker(record, side)),
  )
}
function asks(route: Route): boolean {
  return (route.query?.['text'] ?? route.query?.['q']) !== undefined
}
function here(): Player[] {
  return matrix.players.filter((player) => player.hasLeft !== true && player.org === 1)
}
function isOpen(player: Player, rule: Rule, side: Side): boolean {
  if (rule === 'own' || rule === 'all') return true
  if (rule.noneHere === true) return false
  // An administrator of another organisation sees to that one: no row of this one is part of it.
  if (player.org !== 1) return rule.row === undefined && rule.isOfOne !== true
  const kind = (name: string): RecordType => matrix.server.store.catalogue.get(name)
  const reads = [rule.row, rule.alsoRow].every(
    (name) => name === undefined || mayRead(matrix, player, kind(name), side),
  )
  const changes = rule.changes !== true || mayDo(matrix, player, kind(rule.row ?? ''), 'update', side)
  const isHeld = player.role === 'administrator' || rule.roles?.some((role) => role === player.role) === true
  const isSelf = rule.orSelf === true && matrix.rows[side].get(rule.row ?? '')?.id === player.person
  const isByRole = rule.roles === undefined || (isHeld && (player.place === 'organisation' || rule.isEnoughInPart === true)) // oxfmt-ignore
  return reads && changes && (isByRole || isSelf)
}
