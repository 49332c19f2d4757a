// Migrations as the difference of two schemas, and how a file of SQL falls into statements.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { any, money, number, ref, refs, text } from './field.ts'
import { statementsIn } from './migrate.ts'
import { record } from './record.ts'
import type { Declaration, Fields, RecordType } from './record.ts'
import { schemaDifference } from './schema.ts'
import type { Schema } from './schema.ts'
import { tableOf } from './table.ts'

function thing(fields: Fields, more: Partial<Declaration<Fields>> = {}): RecordType {
  return record('bigThing', {
    about: '',
    number: 'T',
    fields,
    list: [],
    can: { read: [], create: [], update: [] },
    ...more,
  })
}
function schema(...records: RecordType[]): Schema {
  return Object.fromEntries(records.map((one) => [one.table, tableOf(one)]))
}

describe('the difference of schemas', () => {
  it('is nothing between two that are equal', () => {
    const made = (): Schema => schema(thing({ name: text(), cost: money() }, { indexes: [{ on: ['name'] }] }))
    assert.deepEqual(schemaDifference(made(), made()), [])
    assert.deepEqual(schemaDifference(JSON.parse(JSON.stringify(made())) as Schema, made()), [])
  })
  it('makes a table with its key, indexes and the side table of its words', () => {
    const made = schemaDifference(
      {},
      schema(thing({ name: text(), who: ref('person') }, { indexes: [{ on: ['who'] }], unique: [['name']] })),
    )
    assert.match(made[0] ?? '', /^create table big_thing \([\s\S]*primary key \(org, id\)/)
    assert.ok(made.includes('create index big_thing_who_idx on big_thing (org, who, id)'))
    assert.ok(made.some((one) => one.startsWith('create unique index big_thing_name_key on big_thing (org, name)')))
    assert.ok(made.some((one) => one.startsWith('create table big_thing_search')))
  })
  it('adds a column, two for money and for a reference to any record', () => {
    const before = schema(thing({ name: text({ searchable: false }) }))
    const after = schema(
      thing({ name: text({ searchable: false }), cost: money(), on: any(), members: refs('person') }),
    )
    assert.deepEqual(schemaDifference(before, after), [
      'alter table big_thing add column cost_minor bigint',
      'alter table big_thing add column cost_currency text',
      'alter table big_thing add column on_record text',
      'alter table big_thing add column on_id bigint',
      "alter table big_thing add column members bigint[] not null default '{}'",
    ])
  })
  it('changes a type with a conversion, and an index by making it anew', () => {
    const before = schema(thing({ size: text({ searchable: false }) }, { indexes: [{ on: ['size'] }] }))
    const after = schema(thing({ size: number() }, { indexes: [{ on: ['size'], open: true }] }))
    assert.deepEqual(schemaDifference(before, after), [
      'alter table big_thing alter column size type double precision using size::double precision',
      'create index big_thing_size_open_idx on big_thing (org, size, id) where binned_at is null',
      'drop index big_thing_size_idx',
    ])
  })
  it('only names what went away: nothing is dropped by itself', () => {
    const before = schema(thing({ name: text({ searchable: false }), old: number() }))
    const [line = '', ...more] = schemaDifference(before, schema(thing({ name: text({ searchable: false }) })))
    assert.match(line, /^-- contract later.*drop column old$/)
    assert.deepEqual(more, [])
    assert.match(schemaDifference(before, {}).join('\n'), /^-- contract later.*drop table big_thing$/)
  })
  it('gives an existing table the side table of words, filled from what is there', () => {
    const made = schemaDifference(schema(thing({ name: text({ searchable: false }) })), schema(thing({ name: text() })))
    assert.ok(made.some((one) => one.startsWith('create table big_thing_search')))
  })
  it('quotes no column that SQL keeps for itself: it gives it a tail', () => {
    assert.match(
      schemaDifference({}, schema(thing({ group: text(), order: number() })))[0] ?? '',
      /group_ text,\n {2}order_ double precision/,
    )
  })
})

describe('a file of SQL', () => {
  const cases: [string, string, string[]][] = [
    ['two statements', 'select 1;\nselect 2;\n', ['select 1', 'select 2']],
    ['the last without its semicolon', 'select 1;\nselect 2', ['select 1', 'select 2']],
    ['a semicolon inside a line', "select ';' as a;", ["select ';' as a"]],
    [
      'a function body',
      'create function f() returns int language sql as $$\nselect 1;\nselect 2;\n$$;\nselect 3;',
      ['create function f() returns int language sql as $$\nselect 1;\nselect 2;\n$$', 'select 3'],
    ],
    ['a body on one line', 'do $$ begin null; end $$;\nselect 1;', ['do $$ begin null; end $$', 'select 1']],
    ['comments alone', '-- nothing here;\n\n-- and here\n', []],
    ['nothing', '', []],
    ['Windows line ends', 'select 1;\r\nselect 2;\r\n', ['select 1', 'select 2']],
  ]
  for (const [name, sql, expected] of cases)
    it(`falls into statements: ${name}`, () => assert.deepEqual(statementsIn(sql), expected))
})
