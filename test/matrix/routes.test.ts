// Every route has a rule, and keeps it: for each role, for another organisation, for somebody who has left, for nobody. No answer holds a hidden word.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import type { Route } from '#kit/contract.ts'
import { RECORDS } from '#app'
import type { Answered } from '../setup/call.ts'
import type { Matrix, Player, Side } from './cast.ts'
import { castMatrix, marker, SIDES } from './cast.ts'
import { mayRead } from './expected.ts'
import type { Rule } from './rules.ts'
import { PUBLIC, RULES } from './rules.ts'

let matrix: Matrix
before(async () => {
  matrix = await castMatrix()
})
const OF_RECORDS = ['', '/{id}', '/{id}/history', '/{id}/timeline', '/{id}/restore', '/{id}/comments', '/{id}/attachments', '/bulk', '/groups', '/export'] // oxfmt-ignore

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

function ask(route: Route, token: string | undefined, side: Side): Promise<Answered> {
  const rule = RULES[`${route.method} ${route.path}`]
  const name = typeof rule === 'object' && 'row' in rule ? rule.row : (RECORDS.find((one) => route.path.startsWith(`/${one.plural}/`))?.name ?? 'incident') // oxfmt-ignore
  const id = String(matrix.rows[side].get(name)?.id ?? 1)
  const path = route.path.replace('{record}', 'incident').replace(/\{\w+\}/g, id)
  const word = marker(matrix.server.store.catalogue.get('incident'), side)
  const query = ['text', 'q'].filter((one) => route.query?.[one] !== undefined).map((one) => `${one}=${word}`)
  return matrix.server.call(route.method, `${path}${query.length === 0 ? '' : `?${query.join('&')}`}`, {
    token,
    ...(route.method === 'GET' || route.body === 'upload' ? {} : { body: bodyOf(route, side) }),
  })
}
function bodyOf(route: Route, side: Side): object {
  const id = matrix.rows[side].get('incident')?.id
  if (route.path.endsWith('/fill')) return { incident: id }
  if (route.path.endsWith('/merge')) return { into: id }
  if (route.path === '/presence') return { on: `INC-${id}`, tab: 'matrix', stay: 'here' }
  if (route.path === '/me/unsent') return { on: `INC-${id}`, part: 'comment', value: 'Not yet sent' }
  return route.path === '/grants' ? { person: matrix.rows[side].get('person')?.id, role: 'none such' } : {}
}

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

  it('are closed to nobody and to whoever has left', async () => {
    const left = matrix.players.find((player) => player.hasLeft === true)
    for (const route of others().filter(({ access, path }) => access !== 'public' && path !== '/events'))
      for (const token of [undefined, left?.token]) {
        const answer = await ask(route, token, 'a')
        // A key in an address that opens nothing is an address that is not there.
        assert.equal(answer.status, route.byKeyIn === undefined ? 401 : 404, `${route.method} ${route.path}: ${answer.text}`) // oxfmt-ignore
      }
  })

  it('for administrators are closed to everybody else', async () => {
    for (const route of others().filter(({ access }) => access === 'administrator'))
      for (const player of here().filter((one) => one.role !== 'administrator')) {
        const answer = await ask(route, player.token, 'a')
        assert.equal(answer.status, 403, `${player.name} ${route.method} ${route.path}: ${answer.text}`)
      }
  })

  it('keep their rule for every role, and answer no word of what is hidden', async () => {
    const signedIn = others().filter(({ access, path }) => access === 'signed-in' && path !== '/events')
    // What ends sessions or tokens is not asked in the name of the cast.
    const kept = signedIn.filter(({ method, path }) => method !== 'DELETE' || path === '/grants/{id}')
    const players = matrix.players.filter((player) => player.hasLeft !== true)
    assert.ok(players.some((player) => player.org !== 1), 'somebody of another organisation asks, too') // oxfmt-ignore
    for (const route of kept)
      for (const player of players)
        for (const side of SIDES) {
          const answer = await ask(route, player.token, side)
          const of = `${player.name} ${route.method} ${route.path} ${side}: ${answer.status} ${answer.text.slice(0, 300)}`
          assert.ok(answer.status < 500, of)
          if (!isOpen(player, RULES[`${route.method} ${route.path}`], side)) assert.ok(answer.status >= 400, of)
          for (const word of hiddenFrom(player, asks(route) ? side : null))
            assert.ok(!answer.text.includes(word), `${word} in ${of}`)
        }
  })
})
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
function isOpen(player: Player, rule: Rule | undefined, side: Side): boolean {
  if (rule === undefined || rule === 'own' || rule === 'all') return true
  if ('row' in rule) return mayRead(matrix, player, matrix.server.store.catalogue.get(rule.row), side)
  const isHeld = player.role === 'administrator' || rule.roles.some((role) => role === player.role)
  return (player.place === 'organisation' || rule.isEnoughInPart === true) && isHeld
}
