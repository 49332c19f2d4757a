// "order by xid" after "select xid::text" is an order by text: 10 comes before 9, and no index serves it. The table's name says which is meant.
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'

const root = path.join(import.meta.dirname, '../..')
/** Names that are selected as text and ordered by as they are called, within one statement. */
function textOrders(source: string): string[] {
  return [...source.matchAll(/select ((?:(?!select )[^`])*?) order by ([^`)]*)/g)].flatMap(
    ([, chosen = '', order = '']) => {
      const asText = [...chosen.matchAll(/(?<!\()\b(\w+)::text(?:\s+as\s+(\w+))?/g)].map(
        ([, name = '', alias = name]) => alias,
      )
      return asText.filter((name) => new RegExp(String.raw`(?:^|,)\s*${name}\b`).test(order))
    },
  )
}

describe('a statement', () => {
  it('is not ordered by a number or an id that it selects as text', () => {
    assert.deepEqual(textOrders('sql`select id::text, at from journal where a order by id limit 1`'), ['id'])
    assert.deepEqual(textOrders('sql`select j.xid::text from journal j order by at, xid`'), ['xid'])
    assert.deepEqual(textOrders('sql`select id::text from journal order by journal.id`'), [])
    const found = globSync('src/**/*.ts', { cwd: root }).flatMap((file) =>
      textOrders(readFileSync(path.join(root, file), 'utf8')).map((name) => `${file}: ${name}`),
    )
    assert.deepEqual(found, [])
  })
})
