import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { queries } from './similar.ts'
import { refreshWords } from './words-of-incidents.ts'
import { openDesk, type Colleague, type Desk } from '../../../test/setup/desk.ts'

describe('similar incidents', () => {
  let desk: Desk
  let agent: Colleague
  let ines: Colleague
  before(async () => {
    desk = await openDesk()
    agent = await desk.person('Anna Agent', 'agent')
    ines = await desk.person('Ines', 'requester')
    for (let n = 0; n < 12; n++) await solved(`The printer does not work ${n}`, 'Paper')
  })
  async function solved(subject: string, resolution: string, more: object = {}): Promise<number> {
    const { id } = (await desk.ask(agent, 'POST /incidents', { subject, ...more })).body
    assert.equal(
      (await desk.ask(agent, `POST /incidents/${id}/resolve`, { resolution, closureCode: 'fixed' })).status,
      200,
    )
    return id
  }
  interface Item {
    id: number
    resolution: string
    because: { words: string[]; text: string }
  }
  const similar = async (text: string, who = agent): Promise<Item[]> =>
    (await desk.ask(who, `GET /incidents/similar?text=${encodeURIComponent(text)}`)).body.items

  it('finds what shares the rare words first, with its resolution and the words', async () => {
    const badge = await solved('The badge reader at gate 4 does not work', 'Replaced the badge reader controller')
    const [first] = await similar('Badge reader does not open the door')
    assert.equal(first?.id, badge)
    assert.equal(first?.resolution, 'Replaced the badge reader controller')
    assert.deepEqual(first?.because.words.slice(0, 2).sort(), ['badge', 'reader'])
    assert.match(first?.because.text ?? '', /^Both speak of “/)
  })
  it('suggests for an incident what was resolved, never itself, open, merged or binned ones', async () => {
    const known = await solved('Zeiterfassung terminal hangs', 'Firmware 2.1')
    const [duplicate, openOne] = [
      await solved('Zeiterfassung terminal hangs at gate', 'Firmware'),
      (await desk.ask(agent, 'POST /incidents', { subject: 'Zeiterfassung terminal hangs again' })).body.id,
    ]
    await desk.ask(agent, `POST /incidents/${duplicate}/merge`, { into: known })
    const items: Item[] = (await desk.ask(agent, `GET /incidents/${openOne}/similar`)).body.items
    assert.equal(items[0]?.id, known)
    assert.ok(items.every((one) => one.id !== duplicate && one.id !== openOne))
    assert.ok(
      !((await desk.ask(agent, `GET /incidents/${known}/similar`)).body.items as Item[]).some(
        (one) => one.id === known,
      ),
    )
  })
  it('takes no likeness from words that every sentence has', async () => {
    await solved('Does not print, and this is not the first time', 'Toner')
    assert.deepEqual(await similar('Why does this not and is the'), [])
    const found = await similar('Warum druckt es nicht und does not print')
    assert.ok(found.every((one) => !one.because.words.some((word) => ['not', 'does', 'nicht', 'und'].includes(word))))
    assert.ok(found.some((one) => one.resolution === 'Toner'))
  })
  it('folds accents and case, and answers nothing to nothing', async () => {
    const id = await solved('Café terminal läuft nicht', 'Stecker')
    assert.equal((await similar('CAFE'))[0]?.id, id)
    for (const text of ['', '   ', '!!!', "'; drop table incident; --", 'a & | ! ( ) : *', '\\\\'])
      assert.ok(Array.isArray(await similar(text)), text)
    assert.equal((await desk.ask(agent, 'GET /incidents/similar?text=%00')).status, 400)
  })
  it('shows requesters only their own', async () => {
    const own = await solved('Orchid scanner is blurred', 'Cleaned', { requester: ines.id })
    await solved('Orchid scanner is dirty', 'Cleaned')
    assert.deepEqual(
      (await similar('orchid scanner', ines)).map((one) => one.id),
      [own],
    )
    assert.equal((await similar('orchid scanner')).length, 2)
  })
  it('weighs words by the refreshed sample', async () => {
    await refreshWords(desk.store.db, desk.now())
    const [first] = await similar('printer badge')
    assert.deepEqual(first?.because.words[0], 'badge')
    const rows = await desk.store.db.query<{ word: string; n: number }>(
      "select word, n from incident_word where word in ('printer', 'badge') order by word",
    )
    assert.ok((rows.find((row) => row.word === 'printer')?.n ?? 0) >= 12)
  })
  it('asks rare words alone, common ones only together, and words that stand everywhere not at all', () => {
    const word = (name: string, incidents: number): Parameters<typeof queries>[0][number] => ({
      word: name,
      incidents,
      total: 100_000,
      weight: 1,
      isMet: true,
    })
    const [badge, reader, work, printer, the] = [
      word('badge', 10),
      word('reader', 20),
      word('work', 9000),
      word('printer', 5000),
      word('the', 90_000),
    ]
    assert.deepEqual(queries([badge, reader], 100), ["'badge' | 'reader'"])
    assert.deepEqual(queries([badge, printer, work, the], 100), ["'badge'", "'printer' & 'work'"])
    assert.deepEqual(queries([printer, work], 6000), ["'printer'", "'work'"])
    assert.deepEqual(queries([the], 100), [])
    assert.deepEqual(queries([], 100), [])
  })
})
