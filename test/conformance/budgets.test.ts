// How many statements each screen may send, per record: test/query-counts.json holds the numbers, and they only go down.
// A new kind of record keeps to what is usual, and needs no numbers of its own.
// PILOTHOUSE_COUNT_QUERIES=write writes what was counted; whoever raises a number says why in the commit.
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { AnyRow, RecordType } from '#kit/record.ts'
import { ok, records, startWalk, type Walk } from './walk.ts'

type Counts = Record<string, number>
const file = path.join(import.meta.dirname, '../query-counts.json')
const isWriting = process.env['PILOTHOUSE_COUNT_QUERIES'] === 'write'
const budget = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Counts>
const counted: Record<string, Counts> = { usual: budget['usual'] ?? {} }

let walk: Walk
before(async () => {
  walk = await startWalk()
})
after(() => {
  if (isWriting) writeFileSync(file, `${JSON.stringify(counted, null, 2)}\n`)
})

/**
 * What is kept between requests (service levels, calendars, titles) is asked for once, and again when something was written that it
 * hangs on: a screen costs the least of three.
 */
async function least(count: () => Promise<number>): Promise<number> {
  return Math.min(await count(), await count(), await count())
}

for (const record of records)
  describe(record.label, () => {
    it('stays within the statements of its screens', async () => {
      const few = await walk.make(record)
      const one = (method: string, address: string, body?: unknown, rev?: number): Promise<number> =>
        count(
          async () =>
            void ok(
              await walk.send(method, address, { body, rev }),
              method === 'POST' && address === `/${record.plural}` ? 201 : 200,
            ),
        )
      const page = `/${record.plural}/${few.id}`
      const [move] = record.flow?.moves ?? []
      const create = async (): Promise<number> =>
        one('POST', `/${record.plural}`, await walk.drafts.valid(record, { every: true }))
      let { rev } = few
      const change = async (): Promise<number> => one('PATCH', page, { tags: [`x${rev}`] }, rev++)
      const found: Counts = {
        list: await least(() => one('GET', `/${record.plural}?limit=50`)),
        page: await least(() => one('GET', page)),
        history: await least(() => one('GET', `${page}/history`)),
        timeline: await least(() => one('GET', `${page}/timeline`)),
        create: await least(create),
        change: await least(change),
        ...(move === undefined ? {} : { move: await least(async () => moved(record, await walk.make(record))) }),
      }
      counted[record.name] = found
      // Twenty more rows must not cost a statement more.
      for (let n = 0; n < 20; n++) await walk.make(record, n % 2 === 0 ? { every: true } : {})
      assert.ok(
        (await least(() => one('GET', `/${record.plural}?limit=50`))) <= (found['list'] ?? 0) + 1,
        'the list asks more with more rows',
      )
      if (isWriting) return
      const allowed = budget[record.name] ?? budget['usual'] ?? assert.fail('test/query-counts.json says nothing')
      for (const [screen, n] of Object.entries(found))
        assert.ok(
          n <= (allowed[screen] ?? 0),
          `${screen} sends ${n} statements, ${allowed[screen] ?? 0} are allowed:\n${walk.server.statements.last.join('\n')}`,
        )
    })
  })

/** Statements of one request, once the server knows who asks and in which zone. */
async function count(work: () => Promise<void>): Promise<number> {
  await walk.send('GET', '/incidents?limit=1')
  return walk.server.statements.during(work)
}
async function moved(record: RecordType, row: AnyRow): Promise<number> {
  const present = await walk.get(record, row.id)
  const move =
    record.flow?.moves.find(
      (one) => one.from.includes(String(present[record.flow?.field ?? ''])) && one.guard === undefined,
    ) ?? assert.fail('no move begins here')
  const body: Record<string, unknown> = {}
  for (const name of move.needs ?? []) {
    const field = record.fields[name]
    if (field !== undefined) body[name] = await walk.drafts.value(record, { ...field, required: true })
  }
  return count(async () => void ok(await walk.send('POST', `/${record.plural}/${row.id}/${move.name}`, { body })))
}
