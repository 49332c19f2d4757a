/** Undo: whatever one request wrote is taken back, unless somebody has changed it since. */
import type { Actor } from './actor.ts'
import { conflict, notFound, Refusal } from './problem.ts'
import type { Store } from './store.ts'
import { run, sql } from './sql.ts'

export interface Undone {
  readonly undone: number
  readonly kept: readonly { readonly number: string; readonly because: string }[]
}
interface Row {
  readonly record: string
  readonly record_id: number
  readonly action: string
  readonly actor: number | null
  readonly changes: Record<string, [unknown, unknown]>
}
const MOST = 10_000

/** Takes back the writes of a request in reverse order. @throws not found, or conflict when nothing could be undone */
export async function undo(store: Store, actor: Actor, request: string): Promise<Undone> {
  const entries = await run<Row>(store.db, sql`select record, record_id, action, actor, changes from journal where org = ${actor.org} and request = ${request} order by id desc limit ${MOST + 1}`)
  const isOwn = entries.every((entry) => entry.actor === actor.person)
  if (entries.length === 0 || (!isOwn && !actor.roles.includes('administrator'))) throw notFound('What you want to undo')
  if (entries.length > MOST) throw conflict(`That request wrote more than ${MOST} changes. An import is undone on its own page.`)
  let undone = 0
  const kept: { number: string; because: string }[] = []
  for (const entry of entries) {
    const because = await takeBack(store, actor, entry)
    if (because === null) undone++
    else kept.push({ number: `${store.catalogue.get(entry.record).number}-${entry.record_id}`, because })
  }
  if (undone === 0) throw conflict(`Nothing was undone. ${kept[0]?.because ?? ''}`, { kept })
  return { undone, kept }
}

async function takeBack(store: Store, actor: Actor, entry: Row): Promise<string | null> {
  const record = store.catalogue.get(entry.record)
  const options = { trusted: true, action: 'undo' }
  try {
    const row = await store.get(actor, record, entry.record_id)
    const target = { id: row.id, rev: row.rev }
    if (entry.action === 'create') {
      await store.bin(actor, record, target, options)
      return null
    }
    if (entry.action === 'bin' || entry.action === 'restore') {
      await store.bin(actor, record, target, { ...options, restore: entry.action === 'bin' })
      return null
    }
    const changed = Object.entries(entry.changes).filter(([name]) => name in record.fields || name === 'tags' || name === 'custom')
    const later = changed.find(([name, [, after]]) => JSON.stringify(row[name] ?? null) !== JSON.stringify(after ?? null))
    if (later !== undefined) return `${record.fields[later[0]]?.label ?? later[0]} of ${row.number} was changed again since.`
    await store.change(actor, record, target, Object.fromEntries(changed.map(([name, [before]]) => [name, before])), options)
    return null
  } catch (error) {
    if (error instanceof Refusal) return error.message
    throw error
  }
}
