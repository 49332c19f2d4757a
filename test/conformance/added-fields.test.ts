// Fields that an administrator adds: one of each kind, driven through every door that a declared field has.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { AnyRow } from '#kit/record.ts'
import { optional, text } from '#kit/field.ts'
import { record } from '#kit/record.ts'
import { run, sql } from '#kit/sql.ts'
import { startTestServer, type TestServer, type Who } from '../setup/server.ts'
import type { Answered } from '../setup/call.ts'
import { specimen } from '../setup/specimen.ts'
import { meaning, ok, refusal } from './walk.ts'

interface Kind {
  readonly kind: string
  readonly more?: object
  /** In ascending order, as they are sent. */
  readonly values: readonly [unknown, unknown]
  /** A filter that finds the first value alone. */
  readonly filter: string
  readonly misfit: unknown
  readonly isSorted?: false
  readonly isGrouped?: true
}
const options = [
  { value: 'low', label: 'Low' },
  { value: 'high', label: 'High' },
]
/** So many rows are expected of it that it sorts by indexes alone. */
const large = record('largeThing', {
  about: 'A record of the test that is declared as large.',
  number: 'LRG',
  fields: { name: text(), note: optional(text()) },
  list: ['name'],
  large: true,
  can: { read: ['agent'], create: ['agent'], update: ['agent'] },
})
let server: TestServer
let rows: AnyRow[]
let people: number[]
let targets: AnyRow[]
const kinds = (): Kind[] => {
  const [ines = 0, omar = 0] = people
  return [
    { kind: 'text', values: ['alpha one', 'beta'], filter: ':"alpha one"', misfit: 5, isGrouped: true },
    { kind: 'longText', values: ['# alpha', '# beta'], filter: '~alpha', misfit: 5, isSorted: false },
    { kind: 'choice', more: { options }, values: ['low', 'high'], filter: ':low', misfit: 'none of these', isGrouped: true }, // oxfmt-ignore
    { kind: 'number', more: { unit: 'kg' }, values: [-1.5, 7], filter: '<0', misfit: 'seven', isGrouped: true },
    { kind: 'boolean', values: [false, true], filter: ':false', misfit: 'maybe', isGrouped: true },
    { kind: 'day', values: ['2024-02-29', '2026-01-01'], filter: '<2025-01-01', misfit: '2026-02-30', isGrouped: true },
    { kind: 'instant', values: ['2024-02-29T10:00:00.000Z', '2026-01-01T00:00:00.001Z'], filter: '<2025-01-01', misfit: '2026-01-01', isGrouped: true }, // oxfmt-ignore
    { kind: 'url', values: ['https://a.test/', 'https://b.test/'], filter: '~a.test', misfit: 'javascript:alert(1)' },
    { kind: 'email', values: ['a@x.test', 'b@x.test'], filter: ':A@x.test', misfit: 'nobody', isGrouped: true },
    { kind: 'duration', values: [5, 90], filter: '<=5', misfit: 1.5 },
    { kind: 'money', values: [{ minor: 500, currency: 'EUR' }, { minor: 900, currency: 'EUR' }], filter: ':5EUR', misfit: 5 }, // oxfmt-ignore
    { kind: 'ip', values: ['9.1.0.7', '10.2.0.0/16'], filter: ':9.0.0.0/8', misfit: '300.1.1.1' },
    { kind: 'person', values: [ines, omar], filter: `:P-${ines}`, misfit: 999_999, isGrouped: true },
    { kind: 'ref', more: { to: 'specimen' }, values: [targets[0]?.number, targets[1]?.number], filter: `:${targets[0]?.number}`, misfit: 'P-1', isGrouped: true }, // oxfmt-ignore
    { kind: 'record', values: [targets[0]?.number, `P-${omar}`], filter: `:${targets[0]?.number}`, misfit: 'XYZ-1', isSorted: false }, // oxfmt-ignore
  ]
}
const nameOf = (kind: string): string => `of${kind.charAt(0).toUpperCase()}${kind.slice(1)}`
const send = (method: string, path: string, body?: unknown, more: { as?: Who; rev?: number } = {}): Promise<Answered> =>
  server.call(method, path, {
    token: server.people[more.as ?? 'administrator'].token,
    body,
    headers: more.rev === undefined ? {} : { 'if-match': `"${more.rev}"` },
  })
async function add(body: object): Promise<AnyRow> {
  const made = ok(await send('POST', '/customfields', { record: 'specimen', ...body }), 201)
  await until(() => server.store.catalogue.customFields(1, 'specimen')[String(made['name'])] !== undefined)
  return made
}
async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let left = 1200; !(await holds()); left--) {
    assert.ok(left > 0, `never: ${holds.toString()}`)
    await sleep(50)
  }
}
const idsOf = async (query: string): Promise<number[]> => {
  const answer = await send('GET', `/specimens?limit=500&${query}`)
  assert.equal(answer.status, 200, `${query}: ${answer.text}`)
  return (answer.body as { items: AnyRow[] }).items.map(({ id }) => id)
}
/** Every id of a list read one by one, so that each page begins behind a cursor. */
async function oneByOne(sort: string): Promise<number[]> {
  const ids: number[] = []
  let after: string | null = ''
  while (after !== null && ids.length < 50) {
    const page: { items: AnyRow[]; next: string | null } = (
      await send('GET', `/specimens?limit=1&sort=${sort}&filter=name~added${after === '' ? '' : `&after=${after}`}`)
    ).body as { items: AnyRow[]; next: string | null }
    ids.push(...page.items.map(({ id }) => id))
    after = page.next
  }
  return ids
}

describe('added fields', () => {
  before(async () => {
    server = await startTestServer({ records: [specimen, large], isWorker: true })
    people = [server.people.manager.id, server.people.agent.id].sort((a, b) => a - b)
    targets = []
    for (const name of ['Target one', 'Target two']) targets.push(ok(await send('POST', '/specimens', { name }), 201))
    for (const { kind, more } of kinds()) await add({ name: nameOf(kind), label: `My ${kind}`, kind, ...more })
    rows = []
    for (const at of [0, 1, 1, null]) {
      const custom =
        at === null ? {} : Object.fromEntries(kinds().map(({ kind, values }) => [nameOf(kind), values[at]]))
      rows.push(ok(await send('POST', '/specimens', { name: `added ${at}`, custom }), 201))
    }
  })

  it('are told of with their kind, and what goes with it', async () => {
    const { records } = (await send('GET', '/records')).body as {
      records: {
        name: string
        fields: { name: string; kind: string; to?: string; unit?: string; sortable: boolean }[]
      }[]
    }
    const fields = new Map(records.find(({ name }) => name === 'specimen')?.fields.map((field) => [field.name, field]))
    for (const { kind, isSorted } of kinds()) assert.equal(fields.get(nameOf(kind))?.sortable, isSorted !== false, kind)
    assert.deepEqual([fields.get('ofPerson')?.kind, fields.get('ofPerson')?.to], ['ref', 'person'])
    assert.deepEqual([fields.get('ofRef')?.to, fields.get('ofNumber')?.unit], ['specimen', 'kg'])
  })

  it('are read back as they were sent, references with the title that the reader may see', async () => {
    const [first] = rows
    const custom = ok(await send('GET', `/specimens/${first?.id}`)).custom as Record<string, unknown>
    assert.deepEqual(meaning(custom['ofPerson']), { id: people[0] })
    assert.equal(
      (custom['ofPerson'] as { title: string }).title,
      people[0] === server.people.manager.id ? 'manager of 1' : 'agent of 1',
    )
    assert.equal((custom['ofRef'] as { title: string }).title, 'Target one')
    assert.deepEqual(meaning(custom['ofRecord']), { record: 'specimen', id: targets[0]?.id })
    for (const { kind, values } of kinds())
      if (!['person', 'ref', 'record'].includes(kind)) assert.deepEqual(custom[nameOf(kind)], values[0], kind)
    assert.deepEqual(first?.custom, custom)
  })

  it('refuse what does not fit, at their place', async () => {
    for (const { kind, misfit } of kinds())
      for (const [method, path] of [
        ['POST', '/specimens'],
        ['PATCH', `/specimens/${rows[0]?.id}`],
      ] as const)
        // oxfmt-ignore
        assert.deepEqual(
          refusal(await send(method, path, { name: 'x', custom: { [nameOf(kind)]: misfit } }, { rev: 1 }), 422),
          [`/custom/${nameOf(kind)}`],
          kind,
        )
  })

  it('are filtered by their typed operators, by empty, and not', async () => {
    const [first, second, third, empty] = rows.map(({ id }) => id)
    for (const { kind, filter } of kinds()) {
      const name = nameOf(kind)
      assert.deepEqual(await idsOf(`filter=name~added ${name}${filter}`), [first], `${name}${filter}`)
      assert.deepEqual(await idsOf(`filter=name~added -custom.${name}${filter}&sort=id`), [second, third, empty], kind)
      assert.deepEqual(await idsOf(`filter=name~added ${name}:none`), [empty], kind)
      assert.deepEqual((await idsOf(`filter=name~added custom.${name}:any`)).length, 3, kind)
    }
  })

  it('sort both ways, the empty last, ties by number, page by page', async () => {
    const [first, second, third, empty] = rows.map(({ id }) => id)
    for (const { kind, isSorted } of kinds()) {
      if (isSorted === false) continue
      assert.deepEqual(await oneByOne(nameOf(kind)), [first, second, third, empty], kind)
      assert.deepEqual(await oneByOne(`-custom.${nameOf(kind)}`), [third, second, first, empty], `-${kind}`)
    }
    for (const kind of ['longText', 'record'])
      assert.deepEqual(refusal(await send('GET', `/specimens?sort=${nameOf(kind)}`), 400), ['/sort'])
  })

  it('are grouped with counts, each group leading to its list', async () => {
    for (const { kind, isGrouped } of kinds()) {
      const answer = await send('GET', `/specimens/groups?by=${nameOf(kind)}&filter=name~added`)
      assert.equal(answer.status, isGrouped === true ? 200 : 400, `${kind}: ${answer.text}`)
      if (isGrouped !== true) continue
      const { items } = answer.body as { items: { count: number; filter: string; labels: string[] }[] }
      assert.deepEqual(
        items.map(({ count }) => count).toSorted((a, b) => a - b),
        [1, 1, 2],
        kind,
      )
      for (const { count, filter } of items)
        assert.equal((await idsOf(`filter=${encodeURIComponent(filter)}`)).length, count, filter)
      if (kind === 'person') assert.ok(items.some(({ labels }) => labels[0] === 'manager of 1'))
    }
  })

  it('are changed in bulk, told in the history by their label, undone, and changed back', async () => {
    const ids = rows.map(({ id }) => id)
    for (const { kind, values } of kinds()) {
      const name = nameOf(kind)
      const [, , , last] = rows
      const answer = await send('POST', '/specimens/bulk', { ids, change: { custom: { [name]: values[1] } } })
      assert.deepEqual([answer.status, (answer.body as { done: number }).done], [200, 4], `${kind}: ${answer.text}`)
      const { items } = (await send('GET', `/specimens/${last?.id}/history?limit=1`)).body as {
        items: { changes: { field: string; label: string; from: unknown }[]; request: string }[]
      }
      assert.deepEqual(items[0]?.changes.map(({ field, label, from }) => [field, label, from]), [[`custom.${name}`, `My ${kind}`, null]]) // oxfmt-ignore
      const undone = await send('POST', '/undo', { request: items[0]?.request })
      assert.equal(undone.status, 200, undone.text)
      assert.equal(ok(await send('GET', `/specimens/${last?.id}`)).custom[name] ?? null, null, kind)
    }
  })

  it('stand in every export unless columns are chosen', async () => {
    for (const format of ['csv', 'jsonl']) {
      const { text } = await send('GET', `/specimens/export?format=${format}&filter=name~added&sort=id`)
      for (const part of [
        '# alpha',
        'Target one',
        String(targets[0]?.number),
        'manager of 1',
        '9.1.0.7',
        'https://a.test/',
      ])
        assert.ok(text.includes(part), `${format}: ${part}\n${text}`)
    }
    const { text } = await send('GET', '/specimens/export?fields=name')
    assert.doesNotMatch(text, /# alpha/)
  })

  it('name what they refer to also when that lies in the bin, and keep it from being gone for good', async () => {
    const target = ok(await send('POST', '/specimens', { name: 'Soon gone' }), 201)
    const row = ok(await send('POST', '/specimens', { name: 'points', custom: { ofRef: target.id } }), 201)
    assert.equal((await send('DELETE', `/specimens/${target.id}`)).status, 204)
    assert.equal(
      (ok(await send('GET', `/specimens/${row.id}`)).custom['ofRef'] as { title: string }).title,
      'Soon gone',
    )
    refusal(await send('POST', '/specimens', { name: 'late', custom: { ofRef: target.id } }), 422)
    ok(await send('PATCH', `/specimens/${row.id}`, { name: 'points still' }, { rev: row.rev }))
  })

  it('are not taken under a name that another kind has values under, nor with what their kind does not have', async () => {
    const gone = await add({ name: 'once', label: 'Once', kind: 'text' })
    assert.equal((await send('DELETE', `/customfields/${gone.id}`)).status, 204)
    for (const [body, at] of [
      [{ name: 'once', kind: 'number' }, '/name'],
      [{ name: 'a1', kind: 'ref' }, '/to'],
      [{ name: 'a1', kind: 'ref', to: 'nonsense' }, '/to'],
      [{ name: 'a1', kind: 'text', to: 'person' }, '/to'],
      [{ name: 'a1', kind: 'text', unit: 'kg' }, '/unit'],
      [{ name: 'a1', kind: 'number', searched: true }, '/searched'],
      [{ name: 'a1', kind: 'record', sorted: true }, '/sorted'],
      [{ name: 'a1', kind: 'text', confidentiality: 'C2', searched: true }, '/confidentiality'],
      [{ name: 'a1', kind: 'text', confidentiality: 'C2', required: true }, '/required'],
      [{ name: 'a1', kind: 'text', confidentiality: 'C5' }, '/confidentiality'],
    ] as const)
      assert.deepEqual(refusal(await send('POST', '/customfields', { label: 'A', record: 'specimen', ...body }), 422), [
        at,
      ])
    await add({ name: 'once', label: 'Once more', kind: 'text' })
  })

  it('sort a large record once they are marked as sorted often and their index is made', async () => {
    const draft = { record: 'largeThing', label: 'Shelf', name: 'shelf', kind: 'day' }
    const made = ok(await send('POST', '/customfields', draft), 201)
    await until(() => server.store.catalogue.customFields(1, 'largeThing')['shelf'] !== undefined)
    for (const [at, shelf] of ['2026-01-02', null, '2025-01-01', '2026-01-02'].entries())
      ok(await send('POST', '/largethings', { name: `thing ${at}`, custom: shelf === null ? {} : { shelf } }), 201)
    const refused = await send('GET', '/largethings?sort=shelf')
    assert.deepEqual(refusal(refused, 400), ['/sort'])
    assert.match(refused.text, /ask an administrator to mark it as sorted often/)
    const field = async (): Promise<AnyRow> => ok(await send('GET', `/customfields/${made.id}`))
    await until(async () => (await field())['index'] === null)
    ok(await send('PATCH', `/customfields/${made.id}`, { sorted: true }, { rev: made.rev }))
    await until(async () => (await field())['index'] === 'ready')
    await until(() => server.store.catalogue.customFields(1, 'largeThing')['shelf']?.isIndexed === true)
    for (const [sort, wanted] of [
      ['shelf', [3, 1, 4, 2]],
      ['-shelf', [4, 1, 3, 2]],
      ['shelf,-id', [3, 4, 1, 2]],
    ] as const) {
      // oxfmt-ignore
      const ids: number[] = []
      for (let after: string | null = ''; after !== null && ids.length < 9;) {
        const page: { items: AnyRow[]; next: string | null } = ok(
          await send('GET', `/largethings?limit=1&sort=${sort}${after === '' ? '' : `&after=${after}`}`),
        ) as never // the shape of every list
        ids.push(...page.items.map(({ id }) => id))
        after = page.next
      }
      assert.deepEqual(ids, wanted, sort)
    }
    await usesIndex(made.id)
    const view = ok(await send('POST', '/savedviews', { name: 'Shelves', record: 'largeThing', query: 'sort=shelf' }), 201) // oxfmt-ignore
    const marked = await field()
    ok(await send('PATCH', `/customfields/${made.id}`, { sorted: false }, { rev: marked.rev }))
    await until(async () => (await indexesOf(made.id)).length === 0)
    assert.deepEqual(refusal(await send('GET', '/largethings?sort=shelf'), 400), ['/sort'])
    // A view in that order says so; once the field is marked again, also before its index is made, it says nothing.
    const problem = async (): Promise<unknown> => ok(await send('GET', `/savedviews/${view.id}`))['problem']
    await until(async () => (await problem()) !== null)
    ok(await send('PATCH', `/customfields/${made.id}`, { sorted: true }, { rev: (await field()).rev }))
    await until(async () => (await problem()) === null)
  })

  it('are found by their words once they are searched, also what was there before, and no more afterwards', async () => {
    const [first, second] = rows.map(({ id }) => id)
    for (const { kind, word } of [
      { kind: 'longText', word: 'alpha' },
      { kind: 'choice', word: 'Low' },
      { kind: 'url', word: 'a.test' },
    ]) {
      // oxfmt-ignore
      const { items } = (await send('GET', `/customfields?filter=name:${nameOf(kind)}`)).body as { items: AnyRow[] }
      const id = items[0]?.id ?? 0
      const field = async (): Promise<AnyRow> => ok(await send('GET', `/customfields/${id}`))
      const set = async (body: object): Promise<AnyRow> => ok(await send('PATCH', `/customfields/${id}`, body, { rev: (await field()).rev })) // oxfmt-ignore
      assert.deepEqual(await idsOf(`q=${word}&filter=name~added`), [], kind)
      assert.equal((await set({ searched: true }))['words'], 'making')
      await until(async () => (await field())['words'] === 'ready')
      assert.deepEqual(await idsOf(`q=${word}&filter=name~added`), [first], kind)
      const present = ok(await send('GET', `/specimens/${second}`))
      ok(await send('PATCH', `/specimens/${second}`, { custom: { [nameOf(kind)]: kinds().find((one) => one.kind === kind)?.values[0] } }, { rev: present.rev })) // oxfmt-ignore
      assert.deepEqual(await idsOf(`q=${word}&filter=name~added&sort=id`), [first, second], kind)
      await set({ searched: false })
      assert.deepEqual(refusal(await send('PATCH', `/customfields/${id}`, { searched: true, confidentiality: 'C2' }, { rev: (await field()).rev }), 422), ['/confidentiality']) // oxfmt-ignore
      await until(async () => (await field())['words'] === null)
      assert.deepEqual(await idsOf(`q=${word}&filter=name~added`), [], kind)
      await set({ confidentiality: 'C2' })
      await set({ confidentiality: 'C1' })
    }
  })

  it('that go are said on the views that name them, until they are back or the view names them no more', async () => {
    const field = await add({ label: 'Bay', name: 'bay', kind: 'text' })
    const view = ok(
      await send('POST', '/savedviews', { name: 'Bay 7', record: 'specimen', query: 'filter=bay:7' }),
      201,
    )
    const problem = async (): Promise<unknown> => ok(await send('GET', `/savedviews/${view.id}`))['problem']
    assert.equal(await problem(), null)
    assert.equal((await send('DELETE', `/customfields/${field.id}`)).status, 204)
    await until(async () => /has no field "bay"/.test(String(await problem())))
    ok(await send('POST', `/customfields/${field.id}/restore`))
    await until(async () => (await problem()) === null)
    assert.equal((await send('DELETE', `/customfields/${field.id}`)).status, 204)
    await until(async () => (await problem()) !== null)
    // It can still be renamed, and is well again when it names the field no more.
    const { rev } = ok(await send('GET', `/savedviews/${view.id}`))
    const renamed = ok(await send('PATCH', `/savedviews/${view.id}`, { name: 'Bay seven' }, { rev }))
    const mended = ok(await send('PATCH', `/savedviews/${view.id}`, { query: 'sort=name' }, { rev: renamed.rev }))
    assert.equal(mended['problem'], null)
  })

  it('that refer to something have an index by which it is found who does', async () => {
    const fields = (await send('GET', '/customfields?filter=name:ofRef,ofRecord,ofPerson')).body as { items: AnyRow[] }
    assert.equal(fields.items.length, 3)
    for (const { id } of fields.items) await until(async () => (await indexesOf(id)).length === 1)
  })
})

async function indexesOf(field: number): Promise<string[]> {
  const rows = await run<{ name: string }>(
    server.db,
    sql`select relname as name from pg_class c join pg_index i on i.indexrelid = c.oid where indisvalid and relname like ${`added\\_1\\_${field}\\_%`}`,
  )
  return rows.map(({ name }) => name)
}
/** The statement of a page, as the planner takes it when it may not walk the table. */
async function usesIndex(field: number): Promise<void> {
  const [name = ''] = await indexesOf(field)
  const plan = await server.db.transaction(async (tx) => {
    await tx.query('set local enable_seqscan = off')
    await tx.query('set local enable_sort = off')
    const order = `(t.custom->>'shelf') collate "C"`
    return tx.query<object>(
      `explain select id from large_thing t where t.org = $1 and t.org = 1 and ${order} is not null and (${order}, t.id) > ($2::text, $3::bigint) order by ${order}, t.id limit 51`,
      [1, '2025-01-01', 3],
    )
  })
  assert.ok(JSON.stringify(plan).includes(name), JSON.stringify(plan))
}
