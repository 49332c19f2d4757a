// A list on paper: exactly the rows, columns and order of a view, tagged, in the reader's words, and bounded with a sentence.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { run, sql } from '#kit/sql.ts'
import { hasPoppler, pdfPrinterMissing, tellOfPdf } from '../setup/poppler.ts'
import { startTestServer, type TestServer, type Who } from '../setup/server.ts'
import { unlessMissing } from '../setup/peers.ts'

const skip = unlessMissing(pdfPrinterMissing())
let server: TestServer
before(async () => {
  server = await startTestServer()
  for (const [name, tags] of [
    ['Zürich [#panic("ran")]', ['paper']],
    ['Aachen', ['paper']],
    ['Łódź', ['paper']],
    ['Elsewhere', ['other']],
  ] as const)
    assert.equal((await server.call('POST', '/categories', { token: server.people.administrator.token, body: { name, tags } })).status, 201) // oxfmt-ignore
})

async function ask(
  query: string,
  as: Who = 'manager',
  language = 'en',
  plural = 'categories',
): Promise<{ status: number; type: string; body: Buffer }> {
  const answer = await fetch(`${server.url}/api/v1/${plural}/export?format=pdf&${query}`, {
    headers: { authorization: `Bearer ${server.people[as].token}`, 'accept-language': language },
  })
  return {
    status: answer.status,
    type: answer.headers.get('content-type') ?? '',
    body: Buffer.from(await answer.arrayBuffer()),
  }
}
describe('a list as PDF', { skip }, () => {
  it('holds the rows of the view in its order, and no others; it is tagged and says what it is', async (t) => {
    const answer = await ask('filter=tags:paper&sort=-name&fields=name,tags')
    assert.equal(answer.status, 200, answer.body.toString().slice(0, 400))
    assert.equal(answer.type, 'application/pdf')
    assert.equal(answer.body.subarray(0, 5).toString(), '%PDF-')
    if (!(await hasPoppler())) return t.skip('pdftotext cannot be installed on this machine')
    const text = tellOfPdf('pdftotext', answer.body)
    const places = ['Łódź', 'Zürich [#panic("ran")]', 'Aachen'].map((word) => text.indexOf(word))
    assert.ok(places.every((at) => at > 0), text) // oxfmt-ignore
    const order = ((await server.call('GET', '/categories?filter=tags:paper&sort=-name', { token: server.people.manager.token })).body as { items: { name: string }[] }).items.map(({ name }) => text.indexOf(name)) // oxfmt-ignore
    assert.deepEqual(order, order.toSorted((one, other) => one - other)) // oxfmt-ignore
    for (const word of ['Categories', '3 categories', 'Filter: tags:paper', 'Page 1 of 1']) assert.ok(text.includes(word), `${word}: ${text}`) // oxfmt-ignore
    assert.ok(!text.includes('Elsewhere'))
    const about = tellOfPdf('pdfinfo', answer.body)
    assert.match(about, /Tagged:\s+yes/)
    assert.match(about, /Title:\s+Categories/)
  })
  it('speaks German, and lies on its side for many columns', async (t) => {
    const answer = await ask('filter=tags:paper&fields=number,name,tags,createdAt,createdBy,updatedAt', 'manager', 'de')
    assert.equal(answer.status, 200)
    if (!(await hasPoppler())) return t.skip('pdftotext cannot be installed on this machine')
    assert.match(tellOfPdf('pdftotext', answer.body), /3 Kategorien/)
    const [, width = '0', height = '0'] =
      /Page size:\s+([\d.]+) x ([\d.]+)/.exec(tellOfPdf('pdfinfo', answer.body)) ?? []
    assert.ok(Number(width) > Number(height), `${width} x ${height}`)
  })
  it('is of an empty view as well, and refused like the list where its filter is wrong', async () => {
    assert.equal((await ask('filter=tags:nothinghasit')).status, 200)
    const wrong = await ask('filter=nonsense:1')
    assert.equal(wrong.status, 400)
    assert.match(wrong.body.toString(), /has no field/)
  })
  it('says above which size another file is the right one', async () => {
    const record = server.store.catalogue.get('incident')
    const fields = Object.keys(record.fields).slice(0, 17)
    const wide = await ask(`fields=${fields.join()}`, 'manager', 'en', 'incidents')
    assert.equal(wide.status, 400)
    assert.match(wide.body.toString(), /room for 16 columns, and this view has 17/)
    assert.equal((await ask(`fields=${fields.slice(1).join()}`, 'manager', 'en', 'incidents')).status, 200)
    await run(
      server.db,
      sql`insert into category (org, id, created_at, updated_at, name) select 1, 100000 + n, now(), now(), 'Row ' || n from generate_series(1, 2001) n`,
    )
    const whole = await ask('fields=name')
    assert.equal(whole.status, 400)
    assert.match(whole.body.toString(), /at most 2000 records.*workbook/)
    assert.equal((await ask('fields=name&filter=tags:paper')).status, 200)
  })
})
