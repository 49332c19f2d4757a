// Every field of every record in a list: each operator finds the row that it should and leaves the other, each sort goes both ways.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import type { Field } from '#kit/field.ts'
import type { AnyRow } from '#kit/record.ts'
import { ok, records, refusal, startWalk, type Walk } from './walk.ts'

let walk: Walk
before(async () => {
  walk = await startWalk()
})
interface Info {
  name: string
  fields: { name: string; kind: Field['kind']; sortable: boolean; filterable: boolean; custom: boolean }[]
}

for (const record of records)
  describe(record.label, () => {
    let rows: AnyRow[]
    let info: Info
    before(async () => {
      rows = [await walk.make(record), await walk.make(record), await walk.make(record, {})]
      rows = await Promise.all(rows.map((row) => walk.get(record, row.id)))
      const every = ok(await walk.send('GET', '/records')) as unknown as { records: Info[] }
      info = every.records.find(({ name }) => name === record.name) ?? assert.fail(`${record.name} is not in /records`)
    })
    /** Which of the three rows a filter finds, as the independent judgement `expected` would have it. */
    async function finds(filter: string, expected: (row: AnyRow) => boolean): Promise<void> {
      const ids = rows.map(({ id }) => id)
      const found = (
        await walk.ids(record, `filter=${encodeURIComponent(`id:${ids.join(',')} ${filter}`)}&sort=id`)
      ).toSorted((a, b) => a - b)
      assert.deepEqual(
        found,
        rows.filter(expected).map(({ id }) => id),
        filter,
      )
    }

    it('is filtered by each field: its value, another one, none, any, and what the order allows', async () => {
      for (const [name, field] of Object.entries(record.fields)) {
        if (field.kind === 'json') continue
        const isFilled = (row: AnyRow): boolean =>
          row[name] !== null && !(Array.isArray(row[name]) && row[name].length === 0)
        await finds(`${name}:any`, isFilled)
        await finds(`${name}:none`, (row) => !isFilled(row))
        await finds(`-${name}:none`, isFilled)
        for (const row of rows.filter(isFilled).slice(0, 1))
          for (const { filter, expected } of questions(name, field, row[name])) await finds(filter, expected)
      }
    })

    it('refuses operators and values that mean nothing, and says at which character', async () => {
      const bad: string[] = ['nothing:1', 'hello', `${record.title}:`]
      for (const [name, field] of Object.entries(record.fields)) bad.push(...meaningless(name, field))
      for (const filter of bad) {
        const answer = await walk.send('GET', `/${record.plural}?filter=${encodeURIComponent(`id>0 ${filter}`)}`)
        assert.deepEqual(refusal(answer, 400), ['/filter'], filter)
        const { errors } = answer.body as { errors: { detail: string; at: number; length: number }[] }
        const place = errors[0]
        assert.ok(
          place !== undefined && place.at >= 5 && place.at <= 5 + filter.length && place.length >= 1,
          `${filter}: ${JSON.stringify(place)}`,
        )
        assert.match(place.detail, / .*[.?]$/, 'a sentence')
      }
    })

    it('is sorted both ways by each field that says it can be, and by no other', async () => {
      for (const { name, sortable, custom } of info.fields.filter((one) => !one.custom)) {
        if (custom) continue
        const query = (sort: string): string => `sort=${sort}&filter=id:${rows.map(({ id }) => id).join(',')}`
        if (!sortable) {
          assert.deepEqual(refusal(await walk.send('GET', `/${record.plural}?${query(name)}`), 400), ['/sort'], name)
          continue
        }
        const up = await walk.ids(record, query(name))
        const down = await walk.ids(record, query(`-${name}`))
        assert.deepEqual(
          up.toSorted((a, b) => a - b),
          rows.map(({ id }) => id),
          name,
        )
        const filled = (ids: number[]): number[] =>
          ids.filter((id) => rows.find((row) => row.id === id)?.[name] !== null)
        if (new Set(rows.map((row) => JSON.stringify(row[name]))).size === rows.length)
          assert.deepEqual(filled(down), filled(up).toReversed(), name)
      }
    })

    it('is paged one by one without losing a row', async () => {
      const ids: number[] = []
      let after = ''
      do {
        const page = ok(
          await walk.send('GET', `/${record.plural}?limit=1&filter=id:${rows.map(({ id }) => id).join(',')}${after}`),
        ) as unknown as { items: AnyRow[]; next: string | null }
        ids.push(...page.items.map(({ id }) => id))
        after = page.next === null ? '' : `&after=${page.next}`
        assert.ok(ids.length <= 3)
      } while (after !== '')
      assert.deepEqual(
        ids.toSorted((a, b) => a - b),
        rows.map(({ id }) => id),
      )
    })

    it('leaves long texts and structures out unless they are asked for', async () => {
      const long = Object.entries(record.fields)
        .filter(([, field]) => field.kind === 'longText' || field.kind === 'json')
        .map(([name]) => name)
      const item = async (query: string): Promise<AnyRow> =>
        (
          ok(await walk.send('GET', `/${record.plural}?filter=id:${rows[0]?.id}${query}`)) as unknown as {
            items: AnyRow[]
          }
        ).items[0] ?? assert.fail('the row is not in its list')
      const plain = await item('')
      for (const name of long) assert.ok(!(name in plain), name)
      const asked = await item(`&fields=${[...long, record.title].join(',')}`)
      for (const name of [...long, record.title]) assert.deepEqual(asked[name], rows[0]?.[name], name)
    })

    it('is found by the words of its searchable fields, and counted', async () => {
      const name = Object.entries(record.fields).find(
        ([, field]) => field.searchable === true && field.kind === 'text' && !field.stamped,
      )?.[0]
      if (name === undefined) return
      const [row] = rows
      const q = encodeURIComponent(String(row?.[name]).split(' ')[0] ?? '')
      assert.ok((await walk.ids(record, `q=${q}`)).includes(row?.id ?? 0))
      const counted = ok(await walk.send('GET', `/${record.plural}?q=${q}&total=true`)) as unknown as {
        items: AnyRow[]
        total: { count: number }
      }
      assert.equal(counted.total.count, counted.items.length)
      assert.deepEqual(await walk.ids(record, 'q=zzzunheardofzzz'), [])
      assert.deepEqual(await walk.ids(record, `q=${encodeURIComponent('!!! &')}`), [])
    })

    it('has saved views that work', async () => {
      for (const { query } of [...(record.views ?? []), { query: `sort=${record.sort}` }])
        ok(
          await walk.send(
            'GET',
            `/${record.plural}?${query
              .split('&')
              .map((part) => part.split('='))
              .map(([key = '', ...value]) => [key === 'columns' ? 'fields' : key, ...value])
              .map(([key = '', ...value]) => `${key}=${encodeURIComponent(decodeURIComponent(value.join('=')))}`)
              .join('&')}`,
          ),
        )
    })
  })

const ORDERED = new Set<Field['kind']>(['choice', 'states', 'number', 'money', 'duration', 'instant', 'day'])
const WORDY = new Set<Field['kind']>(['text', 'longText', 'email', 'url', 'attachment'])

/** Filters about one value with what they should say of any row, judged here without the kit. */
function questions(
  name: string,
  field: Field,
  value: unknown,
): { filter: string; expected: (row: AnyRow) => boolean }[] {
  const text = written(field, value)
  const rank = (one: unknown): number => ranked(field, one)
  const is = (row: AnyRow): boolean => same(field, row[name], value)
  const made = [
    { filter: `${name}:${text}`, expected: is },
    { filter: `-${name}:${text}`, expected: (row: AnyRow) => !is(row) },
  ]
  if (WORDY.has(field.kind))
    made.push({ filter: `${name}~${text}`, expected: (row) => wordsIn(row[name]).includes(wordsIn(value)) })
  if (!ORDERED.has(field.kind)) return made
  const compare = (operator: string, holds: (a: number, b: number) => boolean) => ({
    filter: `${name}${operator}${text}`,
    expected: (row: AnyRow) => row[name] !== null && holds(rank(row[name]), rank(value)),
  })
  return [
    ...made,
    compare('>=', (a, b) => a >= b),
    compare('<=', (a, b) => a <= b),
    compare('>', (a, b) => a > b),
    compare('<', (a, b) => a < b),
  ]
}
/** A file is found by what it is called. */
function wordsIn(value: unknown): string {
  return typeof value === 'object' && value !== null && 'title' in value ? String(value.title) : String(value ?? '')
}
function written(field: Field, value: unknown): string {
  if (field.kind === 'attachment') return written({ ...field, kind: 'text' }, wordsIn(value))
  if (field.kind === 'money') return String((value as { minor: number }).minor / 100)
  if (field.kind === 'refs') return (value as { number: string }[])[0]?.number ?? ''
  if (field.kind === 'ref' || field.kind === 'any') return (value as { number: string }).number
  if (field.kind === 'tags') return (value as string[])[0] ?? ''
  return typeof value === 'string' ? `"${value.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\n')}"` : String(value)
}
function same(field: Field, one: unknown, other: unknown): boolean {
  if (one === null || one === undefined) return false
  if (field.kind === 'refs')
    return (one as { id: number }[]).some(({ id }) => id === (other as { id: number }[])[0]?.id)
  if (field.kind === 'ref') return (one as { id: number }).id === (other as { id: number }).id
  if (field.kind === 'any') return JSON.stringify(one) === JSON.stringify(other)
  if (field.kind === 'money') return (one as { minor: number }).minor === (other as { minor: number }).minor
  // "seenAt:<instant>" means the day that begins there.
  if (field.kind === 'instant')
    return (
      Date.parse(String(one)) >= Date.parse(String(other)) &&
      Date.parse(String(one)) < Date.parse(String(other)) + 86_400_000
    )
  return wordsIn(one).toLowerCase() === wordsIn(other).toLowerCase()
}
function ranked(field: Field, value: unknown): number {
  if (field.kind === 'choice' || field.kind === 'states')
    return field.options?.findIndex((option) => option.value === value) ?? -1
  if (field.kind === 'money') return (value as { minor: number }).minor
  return typeof value === 'number' ? value : Date.parse(String(value))
}
function meaningless(name: string, field: Field): string[] {
  const comparing = ['<', '<=', '>', '>='].map((operator) => `${name}${operator}1`)
  switch (field.kind) {
    case 'json':
      return [`${name}:1`]
    case 'ref':
    case 'refs':
      return [...comparing, `${name}~x`, `${name}:ZZZ-1`]
    case 'any':
      return [...comparing, `${name}~x`, `${name}:nonsense`]
    case 'boolean':
      return [...comparing, `${name}~true`, `${name}:maybe`]
    case 'choice':
    case 'states':
      return [`${name}:nonsense`, `${name}>nonsense`, `${name}~x`]
    case 'number':
    case 'duration':
    case 'money':
      return [`${name}:x`, `${name}>x`, `${name}~1`, `${name}:Infinity`]
    case 'instant':
    case 'day':
      return [`${name}:x`, `${name}>=2026-02-30`, `${name}~2026`]
    default:
      return []
  }
}
