// Words as people write them are found as other people write them; older rows are brought to the present form meanwhile.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import type { Actor } from '#kit/actor.ts'
import { customField } from '#kit/added.ts'
import type { Database } from '#kit/database.ts'
import { list } from '#kit/list.ts'
import type { Store } from '#kit/store.ts'
import { makeWordsAgain } from '#kit/words-again.ts'
import { migratedDatabase } from '../setup/migrated.ts'
import { newStore, specimen } from '../setup/specimen.ts'

let db: Database
let store: Store
let root: Actor
before(async () => {
  ;({ db } = await migratedDatabase([specimen]))
  ;({ store, root } = await newStore(db))
})
async function found(q: string): Promise<string[]> {
  const context = { catalogue: store.catalogue, actor: root, now: store.now(), zone: 'UTC' }
  const page = await list(db, context, specimen, { q })
  return page.items.map((row) => String(row['name'])).sort()
}
const make = async (name: string): Promise<number> => (await store.create(root, specimen, { name })).id

describe('words', () => {
  // Each line: what is written in rows, and what is typed; everything typed finds every row of its line.
  const alike: [rows: string[], typed: string[]][] = [
    [
      ['Wi-Fi in hall 1', 'WiFi in hall 2', 'Wi Fi in hall 3', 'WLAN/wi\u2011fi hall 4'],
      ['wi-fi', 'wi‑fi hall'],
    ],
    [
      ['Wi-Fi in hall 1', 'WiFi in hall 2', 'WLAN/wi\u2011fi hall 4'],
      ['wifi', 'WIFI', 'wif', 'hall wifi', 'wifi '],
    ],
    [
      ['E-mail lost', 'email gone'],
      ['email', 'e-mail', 'e mail', 'E\u2010Mail'],
    ],
    [
      ['SAP-GUI closes', 'sapgui opens', 'SAP_GUI hangs', 'SAP/GUI waits'],
      ['sap-gui', 'sapgui', 'SAP GUI', 'sap.gui', 'sap/gui'],
    ],
    [
      ['see INC-12', 'see INC12'],
      ['INC-12', 'inc 12', 'inc12', 'INC12 '],
    ],
    [
      ['release 7.4.2 is out', 'release-7.4.2 again'],
      ['release 7.4.2', '7.4', '7.4.2 release'],
    ],
    [['release v7.4.2 again'], ['v7.4.2', 'v742', 'v7']],
    [
      ['Über-Nacht', 'Übernacht'],
      ['Über-Nacht', 'uber nacht', 'ubernacht', 'übernacht', 'U\u0308bernacht'],
    ],
    [
      ["O'Neill asks", 'O’Neill answers', 'ONeill waits', 'OʼNeill leaves'],
      ["o'neill", 'O’Neill', 'oneill', 'ONEILL', 'o neill'],
    ],
    [
      ['IŞIK evi', 'ışık söndü', 'isik'],
      ['ışık', 'isik', 'IŞIK', 'işik'],
    ],
    [
      ['Straße 4', 'STRASSE 5'],
      ['straße', 'strasse', 'STRAẞE'],
    ],
    [
      ['東京・大阪 プリンター', '東京 大阪'],
      ['東京 大阪', '大阪', '東京'],
    ],
    [['インターネット/メール'], ['メール', 'インターネットメール', 'インターネット メール']],
    [['👩\u200D💻 laptop🔥hot'], ['laptop', '🔥 laptop hot', 'laptop-hot', '👩\u200D💻 hot']],
  ]
  for (const [rows, typed] of alike)
    it(`${JSON.stringify(rows)} are found by ${JSON.stringify(typed)}`, async () => {
      for (const name of rows) if (!(await found(`${name} `)).includes(name)) await make(name)
      for (const q of typed) {
        const names = await found(q)
        for (const name of rows)
          assert.ok(names.includes(name), `"${q}" does not find "${name}" but ${names.join(', ')}`)
      }
    })
  it('that are other words stay other words', async () => {
    for (const name of ['room 42', 'version 7.42', 'on 2026-11-22', 'a/b/c/d/e path']) await make(name)
    assert.deepEqual(await found('room 4 2 '), [])
    assert.deepEqual(await found('7420 '), [])
    assert.deepEqual(await found('20261122 '), [])
    assert.deepEqual(await found('abcde '), [])
    assert.deepEqual(await found('🔥'), [])
  })
  it('alone, such as characters that are no word, find nothing and break nothing', async () => {
    for (const q of ["' OR 1=1 --", '<->', ':*', '!!', '(', "a' & 'b", '\\', '\u{10FFFF}', '𝔴𝔦-𝔣𝔦'])
      assert.ok(Array.isArray(await found(q)), q)
  })
})

describe('words of older rows', () => {
  const older = (ids: readonly number[]): Promise<object[]> =>
    db.query(
      `update specimen_search set words = to_tsvector('simple', 'fax machine old') where org = 1 and id = any($1)`,
      [ids],
    )
  const kinds = {
    records: [specimen],
    customFields: (org: number, name: string) => store.catalogue.customFields(org, name),
  }

  it('are brought to the present form, a set at a time, and again an hour later', async () => {
    const ids = [await make('fax-machine older'), await make('fax-machine oldest')]
    await older(ids)
    assert.deepEqual(await found('faxmachine'), [])
    const began = '2026-11-22T10:00:00.000Z'
    assert.ok((await makeWordsAgain(db, kinds, began)) >= 2)
    assert.deepEqual(await found('faxmachine'), ['fax-machine older', 'fax-machine oldest'])
    await older(ids)
    assert.equal(await makeWordsAgain(db, kinds, '2026-11-22T10:30:00.000Z'), 0, 'all is done for now')
    assert.equal(
      await makeWordsAgain(db, kinds, '2026-11-22T11:00:01.000Z'),
      2,
      'what an older program wrote meanwhile',
    )
    await older(ids)
    assert.equal(await makeWordsAgain(db, kinds, '2026-11-23T11:00:01.000Z'), 0, 'twice and no more')
    const rows = await db.query(`select pass, below from words_again where org = 1 and record = 'specimen'`)
    assert.deepEqual(rows, [{ pass: 2, below: null }])
  })
  it('go on where they stopped, and leave words alone that were written meanwhile', async () => {
    const id = await make('copy-machine one')
    await older([id])
    const row = await store.get(root, specimen, id)
    await db.query(`update words_again set pass = 1, below = $1 where record = 'specimen' and org = 1`, [id + 1])
    let isChanged = false
    const interrupted: Database = {
      ...db,
      query: async (text, values) => {
        if (text.startsWith('update specimen_search') && !isChanged) {
          isChanged = true
          await store.change(root, specimen, { id, rev: row.rev }, { name: 'tele-printer two' })
        }
        return db.query(text, values)
      },
    }
    await makeWordsAgain(interrupted, kinds, '2026-11-22T10:00:00.000Z')
    assert.ok(isChanged)
    assert.deepEqual(await found('teleprinter'), ['tele-printer two'])
    assert.deepEqual(await found('copymachine'), [])
  })
  it('keep those of added fields, joined as well', async () => {
    const shelf = customField({ kind: 'text', label: 'Shelf', searched: true })
    store.catalogue.replaceCustomFields(1, [{ record: 'specimen', name: 'shelf', field: shelf }])
    const { id } = await store.create(root, specimen, { name: 'ladder', custom: { shelf: 'Top-Left' } })
    assert.deepEqual(await found('topleft'), ['ladder'])
    await older([id])
    await db.query(`delete from words_again`)
    await makeWordsAgain(db, kinds, '2026-11-22T10:00:00.000Z')
    for (const q of ['topleft', 'top left', 'ladder']) assert.deepEqual(await found(q), ['ladder'], q)
  })
  it('of what is in the bin stay away', async () => {
    const id = await make('bin-bag')
    await store.bin(root, specimen, { id, rev: null })
    await db.query(`delete from words_again`)
    await makeWordsAgain(db, kinds, '2026-11-22T10:00:00.000Z')
    assert.deepEqual(await found('binbag'), [])
  })
})
