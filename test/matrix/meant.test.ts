// Proposals for mistyped words show and confirm nothing that the asker may not read: no other unit, organisation or class.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { system } from '#kit/actor.ts'
import { keepVocabulary } from '#kit/vocabulary.ts'
import { RECORDS } from '#app'
import type { Answered } from '../setup/call.ts'
import type { Matrix, Player, Side } from './cast.ts'
import { castMatrix, SIDES } from './cast.ts'
import { mayRead } from './expected.ts'

const incident = RECORDS.find((record) => record.name === 'incident') ?? assert.fail()
/** Of each side, a word that stands in its incidents alone, and how somebody mistypes it. */
const WORDS = { a: ['flanschdichtung', 'flanshcdichtung'], b: ['ventilspindel', 'ventlispindel'] } as const
let matrix: Matrix

before(async () => {
  matrix = await castMatrix()
  const { store } = matrix.server
  for (const side of SIDES) {
    const like = matrix.rows[side].get('incident') ?? assert.fail()
    await store.create(system(1, `meant-${side}`, 'setup'), incident, {
      subject: `Die ${WORDS[side][0]} ist defekt`, description: 'Seit gestern.', status: 'assigned',
      requester: like['requester'], unit: like['unit'], team: like['team'],
    }, { trusted: true }) // oxfmt-ignore
  }
  assert.equal(await keepVocabulary(matrix.server.db, store.catalogue.records, store.now()), 2)
})
const ask = (player: Player, path: string): Promise<Answered> =>
  matrix.server.call('GET', path, { token: player.token })
const meant = (answer: Answered): unknown => (answer.body as { meant?: unknown }).meant
const sees = (player: Player, side: Side): boolean => mayRead(matrix, player, incident, side)
const here = (): Player[] => matrix.players.filter((player) => player.hasLeft !== true)

describe('a proposal for a mistyped word', () => {
  it('is made in a list and in the search to whoever may read a text with it, and to nobody else', async () => {
    for (const player of here())
      for (const side of SIDES) {
        const [word, typed] = WORDS[side]
        const isSeen = player.org === 1 && sees(player, side)
        const listed = await ask(player, `/incidents?q=${typed}&meant=true`)
        if (listed.status === 200) assert.equal(meant(listed), isSeen ? word : null, `${player.name} in the list`)
        const searched = await ask(player, `/search?q=${typed}`)
        assert.equal(searched.status, 200, player.name)
        assert.equal(meant(searched), isSeen ? word : null, `${player.name} in the search`)
        if (!isSeen) for (const { text } of [listed, searched]) assert.ok(!text.includes(word), player.name)
      }
  })
  it('is the same for a word that stands in hidden texts alone as for one that nobody ever wrote', async () => {
    for (const player of here())
      for (const side of SIDES.filter((one) => player.org !== 1 || !sees(player, one))) {
        const [word, typed] = WORDS[side]
        for (const path of ['/search?q=', '/incidents?meant=true&total=true&q=']) {
          const never = await ask(player, `${path}quittenmarmelade`)
          for (const q of [word, typed]) {
            const asked = await ask(player, `${path}${q}`)
            assert.deepEqual([asked.status, asked.body], [never.status, never.body], `${player.name}: ${path}${q}`)
          }
        }
      }
  })
})
