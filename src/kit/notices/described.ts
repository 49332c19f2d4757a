/** Rows of an inbox as their reader may read them now: titles, sentences and texts are looked up here and kept nowhere. */
import { said } from '#engines/say.ts'
import type { Actor } from '#kit/actor.ts'
import type { Catalogue } from '#kit/catalogue.ts'
import type { AnyRow, RecordType } from '#kit/record.ts'
import { SIGN_IN } from '#kit/sign-in/deeds.ts'
import { run, sql } from '#kit/sql.ts'
import type { Store } from '#kit/store.ts'
import type { Happened } from './events.ts'
import { foremost } from './events.ts'
import { sentenceOf, whyOf } from './words.ts'

export interface Line {
  readonly event: Happened['event']
  readonly at: string
  readonly text: string
  /** The beginning of the comment, or the sentence of the step with its figures. */
  readonly excerpt: string | null
}
export interface Described {
  readonly record: string
  readonly id: number
  readonly number: string
  readonly title: string
  readonly kind: string
  /** The address of its page, from the root. */
  readonly path: string
  readonly why: string
  /** The newest first; at least one. */
  readonly lines: readonly Line[]
}
export interface Kept {
  readonly record: string
  readonly recordId: number
  readonly happened: readonly Happened[]
}
const MOST_EXCERPT = 180

/** In the order of the rows; null where the reader may not see the record, or nothing of what happened. */
export async function described(store: Store, actor: Actor, rows: readonly Kept[]): Promise<(Described | null)[]> {
  const [about, texts, names] = await Promise.all([
    rowsOf(store, actor, rows.map(({ record, recordId }) => ({ record, id: recordId }))), // oxfmt-ignore
    rowsOf(store, actor, rows.flatMap(({ happened }) => happened.flatMap(({ text }) => text ?? []))), // oxfmt-ignore
    namesOf(store, actor.org, rows.flatMap(({ happened }) => happened.flatMap(({ by }) => by ?? []))), // oxfmt-ignore
  ])
  return rows.map(({ record: name, recordId, happened }) => {
    const record = store.catalogue.find(name)
    const row = about.get(`${name}/${recordId}`)
    const isDoor = name === SIGN_IN && recordId === actor.person
    if (!isDoor && (record === null || row === undefined)) return null
    const knowing = { catalogue: store.catalogue, actor, record }
    const lines = happened.toReversed().flatMap((one) => lineOf(one, { ...knowing, texts, names }))
    const top = foremost(lines.map(({ event }) => event))
    const first = happened.findLast(({ event }) => event === top)
    if (lines.length === 0 || first === undefined) return null
    const why = whyOf(first, knowing)
    if (record === null || row === undefined)
      return { record: name, id: recordId, number: '', title: said('Security of my account'), kind: '', path: '/settings/security', why, lines } // oxfmt-ignore
    const path = `/${record.place ?? 'all'}/${record.plural}/${row.number}`
    return { record: name, id: recordId, number: row.number, title: titleOf(record, row), kind: said(record.label), path, why, lines } // oxfmt-ignore
  })
}

interface Facts {
  readonly catalogue: Catalogue
  readonly actor: Actor
  readonly record: RecordType | null
  readonly texts: ReadonlyMap<string, AnyRow>
  readonly names: ReadonlyMap<number, string>
}
function lineOf(happened: Happened, { catalogue, actor, record, texts, names }: Facts): Line[] {
  const { event, at, by, text: of } = happened
  const row = of === undefined ? undefined : texts.get(`${of.record}/${of.id}`)
  if (of !== undefined && row === undefined) return []
  const who = by === null ? 'Pilothouse' : (names.get(by) ?? `P-${by}`)
  const subject = typeof row?.['subject'] === 'string' ? row['subject'] : null
  const text = sentenceOf(happened, { catalogue, actor, record, by: who, subject })
  if (text === null) return []
  const more = row?.['body'] ?? row?.['because']
  return [{ event, at, text, excerpt: typeof more === 'string' ? excerptOf(more) : null }]
}
/** Markdown as a line of plain words. */
function excerptOf(markdown: string): string {
  const plain = markdown
    .slice(0, 2000)
    .replaceAll(/!?\[((?:[^\]\\]|\\.)*)\]\([^)\s]*\)/g, '$1')
    .replaceAll(/[`*_>#|~]+/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
  const points = Array.from(plain)
  return points.length <= MOST_EXCERPT ? plain : `${points.slice(0, MOST_EXCERPT - 1).join('')}…`
}
async function rowsOf(
  store: Store,
  actor: Actor,
  asked: readonly { readonly record: string; readonly id: number }[],
): Promise<Map<string, AnyRow>> {
  // oxfmt-ignore
  const made = new Map<string, AnyRow>()
  for (const [name, some] of Map.groupBy(asked, ({ record }) => record)) {
    const record = store.catalogue.find(name)
    if (record === null) continue
    const texts = name === 'comment' || name === 'notice' ? ['subject', 'body', 'because'] : []
    const fields = [...new Set([record.title, ...texts.filter((field) => record.fields[field] !== undefined)])]
    const ids = [...new Set(some.map(({ id }) => id))]
    for (const row of await store.many(actor, record, ids, { fields })) made.set(`${name}/${row.id}`, row)
  }
  return made
}
async function namesOf(store: Store, org: number, persons: readonly number[]): Promise<Map<number, string>> {
  if (persons.length === 0) return new Map()
  const rows = await run<{ id: number; name: string }>(
    store.db,
    sql`select id, name from person where org = ${org} and id = any(${[...new Set(persons)]}::bigint[])`,
  )
  return new Map(rows.map(({ id, name }) => [id, name]))
}
function titleOf(record: RecordType, row: AnyRow): string {
  const title = row[record.title]
  if (typeof title === 'object' && title !== null && 'title' in title) return String(title.title)
  return typeof title === 'string' && title !== '' ? title : row.number
}
