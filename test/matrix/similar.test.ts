// What is counted over incidents and suggested from them: past ones that resemble, the desk's figures, who was reached.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { system } from '#kit/actor.ts'
import { run, sql } from '#kit/sql.ts'
import { RECORDS } from '#app'
import type { Answered } from '../setup/call.ts'
import type { Matrix, Player, Side } from './cast.ts'
import { castMatrix, marker, SIDES } from './cast.ts'
import { mayRead } from './expected.ts'

const WORDS = 'zzflange zzcoupling zzmanifold'
const incident = RECORDS.find((record) => record.name === 'incident') ?? assert.fail()
let matrix: Matrix
/** Two resolved incidents of either side that share rare words; their cures name their side. */
const past: Record<Side, number[]> = { a: [], b: [] }

before(async () => {
  matrix = await castMatrix()
  const { store } = matrix.server
  for (const side of SIDES) {
    const like = matrix.rows[side].get('incident') ?? assert.fail()
    for (const which of ['one', 'two']) {
      const made = await store.create(system(1, `past-${side}-${which}`, 'setup'), incident, {
        subject: `${WORDS} ${which} zzsubject${side}`, description: `zztold${side}`, resolution: `zzcure${side}`,
        status: 'resolved', resolvedAt: '2026-11-20T10:00:00.000Z', openedAt: '2026-11-20T09:00:00.000Z', closureCode: 'fixed',
        requester: like['requester'], unit: like['unit'], team: like['team'],
      }, { trusted: true }) // oxfmt-ignore
      past[side].push(made.id)
    }
  }
})
const ask = (player: Player, path: string): Promise<Answered> =>
  matrix.server.call('GET', path, { token: player.token })
const here = (): Player[] => matrix.players.filter((player) => player.org === 1 && player.hasLeft !== true)
const sees = (player: Player, side: Side): boolean => mayRead(matrix, player, incident, side)
const idsIn = (answer: Answered): number[] => (answer.body as { items: { id: number }[] }).items.map(({ id }) => id)
/** Nothing of the side's past incidents stands in the answer: neither their words nor their numbers. */
function tellsNothing(player: Player, side: Side, { text }: Answered): void {
  const told = new RegExp(`zzsubject${side}|zzcure${side}|zztold${side}|INC-(${past[side].join('|')})\\b`)
  assert.doesNotMatch(text, told, `${player.name} learns of side ${side}`)
  assert.ok(!text.includes(marker(incident, side)), player.name)
}

describe('similar incidents', () => {
  it('are found among those that the asker may read, all of them and no others', async () => {
    for (const player of here()) {
      const answer = await ask(player, `/incidents/similar?text=${encodeURIComponent(WORDS)}`)
      assert.equal(answer.status, 200, player.name)
      const wanted = SIDES.flatMap((side) => (sees(player, side) ? past[side] : []))
      assert.deepEqual(idsIn(answer).sort((x, y) => x - y), wanted, player.name) // oxfmt-ignore
      for (const side of SIDES) if (!sees(player, side)) tellsNothing(player, side, answer)
    }
  })
  it('do not confirm a word that stands in hidden ones alone', async () => {
    for (const player of here())
      for (const side of SIDES.filter((one) => !sees(player, one)))
        for (const word of [`zzsubject${side}`, `zztold${side}`, `zzcure${side}`]) {
          const asked = await ask(player, `/incidents/similar?text=${word}`)
          const unknown = await ask(player, `/incidents/similar?text=zzneverwritten${side}`)
          assert.deepEqual([asked.status, asked.body], [unknown.status, unknown.body], `${player.name}: ${word}`)
        }
  })
  it('of one incident are told to whoever may read it, and again only what they may read', async () => {
    for (const player of here())
      for (const side of SIDES)
        for (const id of past[side]) {
          const answer = await ask(player, `/incidents/${id}/similar`)
          assert.equal(answer.status, sees(player, side) ? 200 : 404, `${player.name} ${side}`)
          if (answer.status !== 200) continue
          const wanted = SIDES.flatMap((one) => (sees(player, one) ? past[one] : [])).filter((one) => one !== id)
          assert.deepEqual(idsIn(answer).sort((x, y) => x - y), wanted, player.name) // oxfmt-ignore
        }
  })
  it('are kept within the organisation and from whoever has left', async () => {
    for (const player of matrix.players.filter(({ org, hasLeft }) => org !== 1 || hasLeft === true)) {
      const answer = await ask(player, `/incidents/similar?text=${encodeURIComponent(WORDS)}`)
      if (player.hasLeft === true) assert.equal(answer.status, 401)
      else assert.deepEqual(idsIn(answer), [], player.name)
    }
  })
})

describe('figures of the desk', () => {
  const REPORTERS = ['administrator', 'manager', 'lead', 'agent', 'officer', 'auditor']
  const days = 'from=2026-11-20&to=2026-11-20'
  it('count what the reader may read, for whoever holds a role of the desk anywhere', async () => {
    for (const player of here()) {
      const isReader = REPORTERS.includes(player.role ?? '')
      const wanted = SIDES.flatMap((side) => (sees(player, side) ? past[side] : [])).length
      const report = await ask(player, `/reports/desk?${days}`)
      assert.equal(report.status, isReader ? 200 : 404, `${player.name}: ${report.text}`)
      const log = await ask(player, '/reports/incident-log')
      assert.equal(log.status, isReader ? 200 : 403, `${player.name}: ${log.text}`)
      if (!isReader) continue
      const { figures, volume } = report.body as { figures: { name: string; unit: string; value: number | null; evidence: number; list: { record: string; filter: string } }[]; volume: { opened: number; resolved: number }[] } // oxfmt-ignore
      assert.deepEqual(volume.map(({ opened, resolved }) => [opened, resolved]), [[wanted, wanted]], player.name) // oxfmt-ignore
      for (const figure of figures) {
        const behind = await ask(player, `/${figure.list.record}s?limit=500&filter=${encodeURIComponent(figure.list.filter)}`) // oxfmt-ignore
        if (figure.unit === 'incidents')
          assert.equal(idsIn(behind).length, figure.value, `${player.name}: ${figure.name}`)
        else if (figure.name === 'firstContact') assert.equal(figure.evidence, wanted, `${player.name}: ${figure.name}`)
      }
      const all = await ask(player, '/incidents?total=true&limit=1')
      assert.equal((log.body as { incidents: number }).incidents, (all.body as { total: { count: number } }).total.count, player.name) // oxfmt-ignore
    }
  })
  it('of scores count the answers that the reader may read', async () => {
    const survey = matrix.server.store.catalogue.get('survey')
    for (const side of SIDES)
      await run(matrix.server.db, sql`update survey set status = 'answered', score = ${side === 'a' ? 5 : 1}, answered_at = '2026-11-20T12:00:00Z' where org = 1 and id = ${matrix.rows[side].get('survey')?.id}`) // oxfmt-ignore
    for (const player of here().filter(({ role }) => REPORTERS.includes(role ?? ''))) {
      const { scores } = (await ask(player, `/reports/desk?${days}`)).body as { scores: { count: number }[] }
      const wanted = [1, 0, 0, 0, 1].map((n, at) => (at === 0 && !mayRead(matrix, player, survey, 'b')) || (at === 4 && !mayRead(matrix, player, survey, 'a')) ? 0 : n) // oxfmt-ignore
      assert.deepEqual(scores.map(({ count }) => count), wanted, player.name) // oxfmt-ignore
    }
  })
})
