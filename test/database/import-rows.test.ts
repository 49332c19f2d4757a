// Lists of persons, units and other records: one row each, known again by a key.
import assert from 'node:assert/strict'
import { before, beforeEach, describe, it } from 'node:test'
import { undoFile } from '#kit/import/import-file.ts'
import type { ImportMapping } from '#kit/import/mapping.ts'
import { list } from '#kit/list.ts'
import { Refusal } from '#kit/problem.ts'
import type { AnyRow } from '#kit/record.ts'
import { addCustomFields, person as personActor, specimen } from '../setup/specimen.ts'
import { importBench, type ImportBench } from './import-parts.ts'

let bench: ImportBench
async function rows(record: string, sort = 'id'): Promise<readonly AnyRow[]> {
  const { store } = bench.parts
  const context = { catalogue: store.catalogue, actor: bench.manager, now: store.now(), zone: 'UTC' }
  return (await list(store.db, context, store.catalogue.get(record), { limit: 500, sort })).items
}

describe('an import of rows', () => {
  beforeEach(async () => {
    bench = await importBench()
  })

  it('creates what is new, changes what differs, leaves what is the same, and never makes a second copy', async () => {
    const first = await bench.text('person', 'Name;E-mail;Phone\nAna;ana@h.test;1\nBen;ben@h.test;2\n')
    assert.deepEqual([first.mapping?.key, first.counts?.create, first.problems], ['email', 2, []])
    const second = await bench.text(
      'person',
      'Name;E-mail;Phone\nAna;ANA@h.test;1\nBen;ben@h.test;22\nCai;cai@h.test;3\n',
    )
    assert.deepEqual(
      [second.counts?.create, second.counts?.update, second.counts?.unchanged],
      [1, 2, 0],
      'an address in other letters is a change of the address',
    )
    const third = await bench.text(
      'person',
      'Name;E-mail;Phone\nAna;ANA@h.test;1\nBen;ben@h.test;22\nCai;cai@h.test;3\n',
    )
    assert.deepEqual([third.counts?.create, third.counts?.update, third.counts?.unchanged], [0, 0, 3])
  })

  it('sets managers that come further down in the file, and says which circle it left open', async () => {
    const batch = await bench.text(
      'person',
      'Name,E-mail,Line manager\nAna,ana@h.test,Cai\nBen,ben@h.test,ana@h.test\nCai,cai@h.test,Ben\nDora,dora@h.test,Nobody Here\n',
      {
        mapping: {
          key: 'email',
          columns: { name: { column: 'Name' }, email: { column: 'E-mail' }, lineManager: { column: 'Line manager' } },
        } satisfies ImportMapping,
      },
    )
    assert.deepEqual([batch.state, batch.counts?.create, batch.counts?.failed], ['done', 4, 0])
    const people = await rows('person')
    const managers = Object.fromEntries(
      people.map((row) => [row['name'], (row['lineManager'] as { title: string } | null)?.title ?? null]),
    )
    assert.deepEqual([managers['Ana'], managers['Ben'], managers['Cai']], ['Cai', 'Ana', null])
    assert.deepEqual(
      batch.problems.map((problem) => problem.because),
      [
        'It would be above itself. The row is taken without it.',
        'There is no person “Nobody Here”. The row is taken without it.',
      ],
    )
  })

  it('lists every kind of bad row with its place and what to do, and takes the good ones', async () => {
    const file = [
      'name,email,startedOn,unit,phone',
      'Ana,ana@h.test,2024-02-30,,1',
      'Ben,not-an-address,,,2',
      ',cai@h.test,,,3',
      'Dora,dora@h.test,,Moon base,4',
      'Eve,eve@h.test,,,5',
      'Eve again,EVE@h.test,,,6',
      'Fay,fay@h.test,,,7,8',
      `Gus,gus@h.test,,,${'9'.repeat(60)}`,
      '',
    ].join('\n')
    const batch = await bench.text('person', file)
    assert.deepEqual([batch.state, batch.counts?.create, batch.counts?.failed], ['done', 1, 7])
    assert.deepEqual(
      batch.problems.map((problem) => [problem.row, problem.column]).sort((a, b) => Number(a[0]) - Number(b[0])),
      [
        [2, 'startedOn'],
        [3, 'email'],
        [4, 'name'],
        [5, 'unit'],
        [7, 'email'],
        [8, null],
        [9, 'phone'],
      ],
    )
    for (const { because, todo } of batch.problems)
      assert.ok(because.endsWith('.') && todo.endsWith('.'), `${because} ${todo}`)
  })

  it('says of each wall time that the clock change skipped or repeated how it was taken, and takes the row', async () => {
    const lines = ['2026-03-29 02:30', '2026-03-29 03:30', '2026-10-25 02:10', '2026-10-25 02:10 +01:00']
    const file = ['subject,opened', ...lines.map((at, nth) => `Printer ${nth},${at}`), ''].join('\n')
    const columns = { subject: { column: 'subject' }, openedAt: { column: 'opened' } }
    const mapping = { key: null, zone: 'Europe/Berlin', columns } satisfies ImportMapping
    for (const isDry of [true, false]) {
      const { counts, problems } = await bench.text('incident', file, { mapping, isDry })
      assert.deepEqual([counts?.create, counts?.failed, counts?.problems], [4, 0, 2])
      assert.deepEqual(
        problems.map((problem) => [problem.row, problem.column, problem.because]),
        [
          [2, 'opened', 'Opened: “2026-03-29 02:30” never came in Europe/Berlin, because the clock was put forward past it. It is taken as 03:30 (+02:00).'], // oxfmt-ignore
          [4, 'opened', 'Opened: “2026-10-25 02:10” came twice in Europe/Berlin, because the clock was put back. The first one (+02:00) is taken.'], // oxfmt-ignore
        ],
      )
    }
    assert.deepEqual(
      (await rows('incident')).slice(-4).map((row) => row['openedAt']),
      ['2026-03-29T01:30:00.000Z', '2026-03-29T01:30:00.000Z', '2026-10-25T00:10:00.000Z', '2026-10-25T01:10:00.000Z'],
    )
  })

  it('takes what was so elsewhere: work of somebody who has left, and a state without what the moves into it ask for', async () => {
    const { store } = bench.parts
    await bench.text('person', 'Name;E-mail\nGil;gil@h.test\n')
    const gil = (await rows('person')).find((row) => row['email'] === 'gil@h.test')
    await store.move(bench.manager, store.catalogue.get('person'), { id: gil?.id ?? 0, rev: null, move: 'leave' }, {})
    const columns = { formerNumber: { column: 'number' }, subject: { column: 'subject' }, status: { column: 'status' }, assignee: { column: 'assignee' }, resolution: { column: 'resolution' }, closureCode: { column: 'code' } } // oxfmt-ignore
    const mapping = { key: 'formerNumber', empty: 'clear', columns } satisfies ImportMapping
    const file = (resolution: string): string =>
      `number;subject;status;assignee;resolution;code\nA1;Printer;resolved;gil@h.test;${resolution}\n`
    const counted = async (resolution: string): Promise<unknown[]> => {
      const { counts, problems } = await bench.text('incident', file(resolution), { mapping })
      const found = (await rows('incident')).find((one) => one['formerNumber'] === 'A1')
      const row = await store.get(bench.manager, store.catalogue.get('incident'), found?.id ?? 0)
      const assignee = row['assignee'] as { number: string } | null
      return [counts?.create, counts?.update, problems, row['status'], assignee?.number, row['resolution']]
    }
    assert.deepEqual(await counted('Toner;fixed'), [1, 0, [], 'resolved', gil?.number, 'Toner'])
    assert.deepEqual(await counted(';'), [0, 1, [], 'resolved', gil?.number, null])
    // A person refers to persons: what refers to its own kind is written when all rows are in.
    const staff = { key: 'email', columns: { name: { column: 'Name' }, email: { column: 'E-mail' }, lineManager: { column: 'Manager', by: 'email' } } } satisfies ImportMapping // oxfmt-ignore
    const led = await bench.text('person', 'Name;E-mail;Manager\nHal;hal@h.test;gil@h.test\n', { mapping: staff })
    assert.deepEqual([led.counts?.create, led.problems], [1, []])
    const hal = (await rows('person')).find((row) => row['email'] === 'hal@h.test')
    assert.equal((hal?.['lineManager'] as { number: string } | null)?.number, gil?.number)
  })

  it('keeps at most a thousand problems and counts them all', async () => {
    const batch = await bench.text(
      'person',
      ['name,email', ...Array.from({ length: 1500 }, (_, at) => `P${at},wrong`)].join('\n'),
      { mapping: { key: null, columns: { name: { column: 'name' }, email: { column: 'email' } } } },
    )
    assert.deepEqual(
      [batch.problems.length, batch.counts?.problems, batch.counts?.failed, batch.counts?.create],
      [1000, 1500, 1500, 0],
    )
  })

  it('finds names in any letters, refuses one that two persons have, and takes a number instead', async () => {
    await bench.text('person', 'name,email\nKim,k1@h.test\nKim,k2@h.test\nLou,lou@h.test\n')
    const kim = (await rows('person')).find((row) => row['email'] === 'k2@h.test')
    const batch = await bench.text('team', `name,lead\nRed,kim\nBlue,LOU\nGreen,${kim?.number}\nGrey,k1@h.test\n`)
    assert.deepEqual([batch.counts?.create, batch.counts?.failed], [3, 1])
    assert.match(batch.problems[0]?.because ?? '', /^2 persons are called “kim”: P-\d+, P-\d+\.$/)
    assert.match(
      batch.problems[0]?.todo ?? '',
      /^Write the number \(P-\d+\) or the e-mail address in place of the name\.$/,
    )
  })

  it('restores what it changed unless it was changed since', async () => {
    await bench.text('person', 'name,email,phone\nAna,ana@h.test,1\nBen,ben@h.test,2\n')
    const batch = await bench.text('person', 'name,email,phone\nAna,ana@h.test,11\nBen,ben@h.test,22\n')
    const ben = (await rows('person')).find((row) => row['name'] === 'Ben')
    const { store } = bench.parts
    await store.change(
      { ...bench.manager, request: 'hand' },
      store.catalogue.get('person'),
      { id: ben?.id ?? 0, rev: null },
      { phone: '222' },
    )
    const undone = await undoFile(bench.parts, bench.manager, batch.id)
    assert.deepEqual(
      (await rows('person')).slice(3).map((row) => row['phone']),
      ['1', '222'],
    )
    assert.deepEqual(
      undone.problems.map((problem) => problem.because),
      [`Phone of ${ben?.number} was changed again since.`],
    )
    assert.equal(await bench.count(`select count(*) as n from journal where request = 'import-${batch.id}-undo'`), 1)
  })

  it('takes nothing back that the present state needs', async () => {
    await bench.text('incident', 'former number;subject;resolution;closure code\nX-1;x;;\n')
    const batch = await bench.text('incident', 'former number;subject;resolution;closure code\nX-1;x;y;fixed\n')
    assert.equal(batch.counts?.update, 1, JSON.stringify(batch.problems))
    const { store } = bench.parts
    const record = store.catalogue.get('incident')
    const [made] = await rows('incident')
    const target = { id: made?.id ?? 0, rev: null, move: 'resolve' }
    await store.move({ ...bench.manager, request: 'hand' }, record, target, {})
    const undone = await undoFile(bench.parts, bench.manager, batch.id)
    const kept = await store.get(bench.manager, record, target.id)
    assert.deepEqual([kept['status'], kept['resolution']], ['resolved', 'y'])
    assert.match(undone.problems[0]?.because ?? '', /is needed while status is "Resolved"/)
  })

  it('takes hostile cells as text or refuses them at their place, and never stops', async () => {
    const hostile = [
      "'; drop table person; --",
      '<script>alert(1)</script>',
      '\\x00',
      '{"$gt":""}',
      '\u202Egnp.exe',
      '__proto__',
      '=cmd|calc',
      '𐀀'.repeat(120),
    ]
    const lines = hostile.map((name, at) =>
      JSON.stringify({ name, email: `h${at}@h.test`, unit: at % 2 === 0 ? name : '' }),
    )
    const broken = [
      '{"name":"nul \\u0000","email":"n@h.test"}',
      '{"name":"half \\ud800","email":"s@h.test"}',
      '{"name":',
      '[1]',
      '7',
    ]
    const batch = await bench.text('person', [...lines, ...broken, '{"name":"ok","email":"ok@h.test"}', ''].join('\n'))
    assert.deepEqual([batch.state, batch.because], ['done', null])
    assert.equal((batch.counts?.create ?? 0) + (batch.counts?.failed ?? 0), hostile.length + broken.length + 1)
    assert.ok((await rows('person')).some((row) => row['name'] === 'ok'))
  })

  it('refuses mappings that name what only JavaScript has', async () => {
    for (const name of ['constructor', '__proto__', 'toString']) {
      const columns = { name: { column: 'name' } }
      const mappings = [
        `{"key":"${name}","columns":${JSON.stringify(columns)}}`,
        `{"key":null,"columns":{"name":{"column":"name"},"${name}":{"column":"email"}}}`,
        `{"key":null,"columns":{"name":{"column":"name"},"unit":{"column":"unit","by":"${name}"}}}`,
      ]
      for (const mapping of mappings)
        await bench
          .text('person', 'name,email,unit\nAna,ana@h.test,x\n', { mapping: JSON.parse(mapping), isDry: true })
          .catch((error: unknown) => assert.ok(error instanceof Refusal && error.status === 422, String(error)))
    }
  })

  it('remembers the mapping of such a file', async () => {
    const mapping: ImportMapping = { key: 'name', columns: { name: { column: 'Who' }, jobTitle: { column: 'Does' } } }
    await bench.text('person', 'Who,Does\nAna,Welder\n', { mapping })
    const batch = await bench.text('person', 'Does,Who\nWelder,Ana\n')
    assert.deepEqual(
      [batch.mapping?.columns, batch.counts?.unchanged, batch.mapping?.from],
      [mapping.columns, 1, 'As in IMP-1.'],
    )
  })

  it('imports 5,000 rows, and says how fast', async (t) => {
    const content = [
      'name,email,phone',
      ...Array.from({ length: 5_000 }, (_, at) => `Person ${at},p${at}@h.test,${at}`),
    ].join('\n')
    const began = performance.now()
    const batch = await bench.text('person', content)
    const rate = Math.round(5_000 / ((performance.now() - began) / 1000))
    t.diagnostic(`${rate} rows/s`)
    assert.deepEqual([batch.counts?.create, batch.counts?.failed], [5_000, 0])
  })
})

describe('an import of every kind of field', () => {
  before(async () => {
    bench = await importBench([specimen])
    addCustomFields(bench.parts.store)
  })

  it('reads each kind in the words of spreadsheets, added fields included', async () => {
    const file = [
      'name;note;size;status;weight;cost;fragile;seenAt;bornOn;effort;keeper;helpers;mail;page;host;shape;tags;mynumber',
      'One;"two\nlines";Large;Busy;1.234,5;1.234,50 EUR;ja;03.04.2026 08:15;3.4.2026;1h 30m;Ines;Omar; x@h.test;https://h.test;10.0.0.0/8;"{""a"":1}";"hot; cold";7,5',
    ]
      .join('\n')
      .replace('Omar; x@', 'Omar;x@')
    const batch = await bench.text('specimen', file)
    assert.deepEqual([batch.problems, batch.counts?.create], [[], 1])
    const { store } = bench.parts
    const row = await store.get(bench.manager, specimen, 1)
    assert.deepEqual(
      [
        'note',
        'size',
        'status',
        'weight',
        'cost',
        'fragile',
        'seenAt',
        'bornOn',
        'effort',
        'mail',
        'host',
        'shape',
        'tags',
      ].map((name) => row[name]),
      [
        'two\nlines',
        'large',
        'busy',
        1234.5,
        { minor: 123450, currency: 'EUR' },
        true,
        '2026-04-03T08:15:00.000Z',
        '2026-04-03',
        90,
        'x@h.test',
        '10.0.0.0/8',
        { a: 1 },
        ['hot', 'cold'],
      ],
    )
    assert.deepEqual(
      [
        (row['keeper'] as { title: string }).title,
        (row['helpers'] as { title: string }[]).map((one) => one.title),
        row.custom,
      ],
      ['Ines', ['Omar'], { mynumber: 7.5 }],
    )
  })

  it('refuses rows of somebody who may not write them, one by one', async () => {
    const reader = { ...personActor(bench.manager.person ?? 0, ['manager', 'lead']), roles: ['manager'] as const }
    await assert.rejects(bench.parts.store.create(reader, specimen, { name: 'x' }), /may not create/)
  })
})
