/** The journal of the organisation, for administrators and auditors: searched, and exported as exactly what was searched. */
import { said, say, toSay } from '#engines/say.ts'
import type { Actor } from '#kit/actor.ts'
import type { Answer, Call, Route } from '#kit/contract.ts'
import type { ExportColumn, ExportRow, ExportWriters } from '#kit/export.ts'
import type { JournalItem, JournalPage, JournalQuery } from '#kit/journal-search.ts'
import { overseesJournal } from '#kit/journal-reach.ts'
import { ORIGINS, searchJournal } from '#kit/journal-search.ts'
import { HISTORY_CHANGE } from '#kit/history-shape.ts'
import { readMoment } from '#kit/moment.ts'
import { badRequest, forbidden } from '#kit/problem.ts'
import type { RestParts } from '#kit/rest.ts'
import { INSTANT, listOf, pageOf, REF_OR_NULL, shapeOf, TEXT, TEXT_OR_NULL, WHOLE, YES_NO } from './shape.ts'
import { lastCode } from '#kit/seal/code.ts'

export interface JournalParts extends Pick<RestParts, 'store' | 'zone'> {
  readonly writers: Pick<ExportWriters, 'csv' | 'jsonl'>
}
const MOST = 200
const USUAL = 50
const EXPORT_PAGE = 500
const ITEM = shapeOf<JournalItem>({
  id: TEXT,
  at: INSTANT,
  occurredAt: INSTANT,
  actor: REF_OR_NULL,
  onBehalfOf: REF_OR_NULL,
  record: TEXT,
  label: TEXT,
  recordId: WHOLE,
  number: TEXT_OR_NULL,
  action: TEXT,
  changes: listOf(HISTORY_CHANGE),
  reason: TEXT_OR_NULL,
  origin: TEXT,
  request: TEXT,
  isErased: YES_NO,
})
const text = (maxLength: number): { type: 'string'; maxLength: number } => ({ type: 'string', maxLength })
const QUERY = {
  person: { about: 'Who did it: a person by number (P-5) or id.', schema: text(20) },
  record: { about: 'A kind of record (incident) or one record (INC-1042).', schema: text(80) },
  action: { about: 'What was done, such as create, change, bin, or the name of a move.', schema: text(60) },
  origin: { about: 'Through which door it came.', schema: { type: 'string', enum: [...ORIGINS] } },
  request: { about: 'Everything that one request did, by its X-Request-Id.', schema: text(100) },
  from: { about: 'Written down at this moment or later: 2026-11-21, -7d, a full instant.', schema: text(40) },
  before: { about: 'Written down before this moment.', schema: text(40) },
} as const

export function journalRoutes(parts: JournalParts): Route[] {
  const common = { tag: 'Journal', access: 'signed-in' } as const
  return [
    {
      ...common,
      method: 'GET',
      path: '/journal',
      summary: 'Search the journal, newest first; a page may be short and still go on at next',
      query: {
        ...QUERY,
        limit: { about: `Entries a page, at most ${MOST}; ${USUAL} unless said.`, schema: { type: 'integer', minimum: 1, maximum: MOST } }, // oxfmt-ignore
        after: { about: 'The cursor "next" of the page before.', schema: text(40) },
      },
      ok: pageOf(ITEM),
      refusals: [400, 403],
      handle: async (call) => {
        const query = { ...(await queryOf(parts, call)), limit: limitOf(call.query['limit']) }
        return { body: await page(parts, call.actor, query) }
      },
    },
    {
      ...common,
      method: 'GET',
      path: '/journal/export',
      summary: 'Export what a search of the journal finds',
      query: {
        ...QUERY,
        format: { about: 'csv or jsonl; csv unless said.', schema: { type: 'string', enum: ['csv', 'jsonl'] } },
      },
      okTypes: Object.values(TYPES),
      refusals: [400, 403],
      handle: (call) => exported(parts, call),
    },
  ]
}
function page({ store }: JournalParts, actor: Actor, query: JournalQuery): Promise<JournalPage> {
  return searchJournal(store.db.reader, store, actor, query)
}

/** @throws a refusal for anybody but administrators and auditors, and for what is not understood */
async function queryOf(parts: JournalParts, call: Call): Promise<Omit<JournalQuery, 'limit'>> {
  if (!overseesJournal(call.actor))
    throw forbidden(say`The whole journal is for administrators and auditors. The history of a record is on its page.`)
  const { person, record, action, origin, request, from, before, after } = call.query
  const zone = await parts.zone(call.actor)
  const moment = (name: string, said: string | undefined): string | undefined => {
    if (said === undefined || said === '') return undefined
    const at = readMoment(said, parts.store.now(), zone)
    if (at === null)
      throw badRequest(say`"${said.slice(0, 40)}" is not a moment for "${name}". Write 2026-11-21 or -7d.`)
    return at
  }
  return {
    person: personOf(parts, person),
    ...recordOf(parts, record),
    action: given(action),
    origin: originOf(given(origin)),
    request: given(request),
    from: moment('from', from),
    before: moment('before', before),
    after: cursorOf(given(after)),
  }
}
function given(said: string | undefined): string | undefined {
  return said === undefined || said.trim() === '' ? undefined : said.trim()
}
function personOf({ store }: JournalParts, said: string | undefined): number | undefined {
  const person = given(said)
  if (person === undefined) return undefined
  if (/^\d{1,15}$/.test(person)) return Number(person)
  const found = store.catalogue.byNumber(person)
  if (found?.record.name !== 'person')
    throw badRequest(say`"${person.slice(0, 20)}" is not the number of a person. Write P-5.`)
  return found.id
}
function recordOf({ store }: JournalParts, said: string | undefined): Pick<JournalQuery, 'record' | 'recordId'> {
  const record = given(said)
  if (record === undefined) return {}
  const one = store.catalogue.byNumber(record)
  if (one !== null) return { record: one.record.name, recordId: one.id }
  if (!/^[A-Za-z]{1,60}$/.test(record))
    throw badRequest(
      say`"${record.slice(0, 60)}" is no kind of record and no number of one. Write incident or INC-1042.`,
    )
  return { record }
}
function originOf(said: string | undefined): JournalQuery['origin'] {
  const origin = ORIGINS.find((one) => one === said)
  if (said !== undefined && origin === undefined)
    throw badRequest(say`"${said.slice(0, 20)}" is no origin. Choose one of: ${ORIGINS.join(', ')}.`)
  return origin
}
function cursorOf(said: string | undefined): string | undefined {
  if (said !== undefined && !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(said))
    throw badRequest(say`The cursor "after" does not belong to the journal. Take it from "next" of the page before.`)
  return said
}
function limitOf(said: string | undefined): number {
  const limit = said === undefined ? USUAL : Number(said)
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST)
    throw badRequest(say`"limit" is a number from 1 to ${MOST}.`)
  return limit
}

const TYPES = { csv: 'text/csv; charset=utf-8', jsonl: 'application/jsonl; charset=utf-8' } as const
const COLUMNS: readonly ExportColumn[] = [
  { name: 'at', label: toSay('Written down'), kind: 'instant' },
  { name: 'occurredAt', label: toSay('Happened'), kind: 'instant' },
  { name: 'person', label: toSay('Person'), kind: 'text' },
  { name: 'personNumber', label: toSay('Person number'), kind: 'text' },
  { name: 'onBehalfOf', label: toSay('On behalf of'), kind: 'text' },
  { name: 'record', label: toSay('Record'), kind: 'text' },
  { name: 'number', label: toSay('Number'), kind: 'text' },
  { name: 'action', label: toSay('Action'), kind: 'text' },
  { name: 'changes', label: toSay('Changes'), kind: 'json' },
  { name: 'reason', label: toSay('Reason'), kind: 'text' },
  { name: 'origin', label: toSay('Origin'), kind: 'text' },
  { name: 'isErased', label: toSay('Erased'), kind: 'boolean' },
  { name: 'request', label: toSay('Request'), kind: 'text' },
  { name: 'id', label: toSay('Entry'), kind: 'text' },
]
async function exported(parts: JournalParts, call: Call): Promise<Answer> {
  const query = await queryOf(parts, call)
  const format = call.query['format'] ?? 'csv'
  if (format !== 'csv' && format !== 'jsonl')
    throw badRequest(say`"${format.slice(0, 20)}" is not a format of this export. Choose csv or jsonl.`)
  const stream = parts.writers[format](
    COLUMNS.map((column) => ({ ...column, label: said(column.label) })),
    rows(parts, call.actor, query, format),
    say`Journal`,
  )
  // A table has no place for it that programs would not read: its name carries it.
  const code = await lastCode(parts.store.db)
  const name = `journal-${parts.store.now().slice(0, 10)}${code === null ? '' : `_checkpoint-${code}`}.${format}`
  return { stream, headers: { 'Content-Type': TYPES[format], 'Content-Disposition': `attachment; filename="${name}"` } }
}
/** Page by page, as the reader of the file asks for them. */
async function* rows(
  parts: JournalParts,
  actor: Actor,
  query: Omit<JournalQuery, 'limit'>,
  format: 'csv' | 'jsonl',
): AsyncGenerator<ExportRow, void> {
  let after: string | undefined
  do {
    const { items, next } = await page(parts, actor, { ...query, after, limit: EXPORT_PAGE })
    for (const item of items)
      yield {
        ...item,
        person: item.actor?.title ?? null,
        personNumber: item.actor?.number ?? null,
        onBehalfOf: item.onBehalfOf?.number ?? null,
        number: item.number ?? String(item.recordId),
        changes: format === 'csv' ? JSON.stringify(item.changes) : item.changes,
      }
    after = next ?? undefined
  } while (after !== undefined)
}
