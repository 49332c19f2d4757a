/** What of the journal may concern somebody: entries become occasions, which say what happened and whom to look for. */
import type { Catalogue } from '#kit/catalogue.ts'
import { unfolded } from '#kit/history.ts'
import { TOLD_DEEDS } from '#kit/mail/security-notices.ts'
import type { ReactionEntry } from '#kit/reaction.ts'
import type { RecordType } from '#kit/record.ts'
import { SIGN_IN } from '#kit/sign-in/deeds.ts'
import { idIn, UNTOLD } from '#kit/write.ts'
import type { EventName, Happened } from './events.ts'
import { mentionsIn } from './mentions.ts'

/** Who is looked for: named people, members of teams, or those to whom the record belongs. */
export type Whom =
  | { readonly persons: readonly number[]; readonly as: string }
  | { readonly teams: readonly number[] }
  | { readonly stakes: 'all' | 'watchers' }
export interface Occasion {
  readonly org: number
  readonly record: string
  readonly recordId: number
  readonly happened: Omit<Happened, 'as'>
  readonly whom: Whom
}
/** History that is brought in, and what a directory keeps up to date, tells nobody anything. */
const SILENT: readonly string[] = ['import', 'setup', 'directory', 'scim']
/** After an outage of days nobody wants to hear of the first of them. */
const FRESH_MS = 3 * 86_400_000

/** Whether people are told of this kind: it has a page of its own. */
export function isTold(record: RecordType): boolean {
  return record.place !== undefined
}
/** Kinds whose entries are read. */
export function toldRecords(catalogue: Catalogue): string[] {
  return [...catalogue.records.filter(isTold).map(({ name }) => name), 'comment', 'notice', SIGN_IN]
}

export function occasionsOf(catalogue: Catalogue, now: string, entries: readonly ReactionEntry[]): Occasion[] {
  const since = Date.parse(now) - FRESH_MS
  return entries
    .filter((entry) => !SILENT.includes(entry.origin) && Date.parse(entry.occurredAt) >= since)
    .flatMap((entry) => {
      if (entry.record === SIGN_IN) return ofSignIn(entry)
      if (entry.record === 'comment') return ofComment(catalogue, entry)
      if (entry.record === 'notice') return ofNotice(catalogue, entry)
      const record = catalogue.find(entry.record)
      return record === null ? [] : ofRecord(record, entry)
    })
}

function ofRecord(record: RecordType, entry: ReactionEntry): Occasion[] {
  if (entry.action === 'bin' || entry.action === 'restore' || entry.changes['binnedAt']?.[1]) return []
  const named = Object.entries(record.fields).flatMap(([name, field]) => {
    const sides = entry.changes[name]
    if (sides === undefined || field.stamped || (field.to !== 'person' && field.to !== 'team')) return []
    const [before, after] = sides
    const ids = idsIn(after).filter((id) => !idsIn(before).includes(id))
    if (ids.length === 0) return []
    return field.to === 'team'
      ? [occasion(entry, 'team', { teams: ids })]
      : [occasion(entry, 'assigned', { persons: ids, as: name }, { field: name })]
  })
  return entry.action === 'create' ? named : [...named, ...ofChange(record, entry)]
}
function ofChange(record: RecordType, entry: ReactionEntry): Occasion[] {
  const state = entry.changes[record.flow?.field ?? '']?.[1]
  if (typeof state === 'string') return [occasion(entry, 'moved', { stakes: 'all' }, { to: state })]
  // What the product writes down besides (a first response, who worked last) is no news of its own.
  const fields = Object.entries(entry.changes)
    .filter(([name]) => !UNTOLD.has(name) && record.fields[name]?.stamped !== true)
    .flatMap(([name, [before, after]]) => (name === 'custom' ? unfolded(before, after).map(({ field }) => field) : [name])) // oxfmt-ignore
  return fields.length === 0 ? [] : [occasion(entry, 'changed', { stakes: 'watchers' }, { fields })]
}
function ofComment(catalogue: Catalogue, entry: ReactionEntry): Occasion[] {
  const on = entry.changes['on']?.[1]
  const [before, body] = entry.changes['body'] ?? []
  // A comment that was corrected may mention somebody more; where it stands is read with its row.
  const about = entry.action === 'create' ? parentIn(catalogue, on) : 'comment'
  if (about === null || typeof body !== 'string') return []
  const text = { record: 'comment', id: entry.recordId } as const
  const { persons, teams } = mentionsIn(body)
  const old = mentionsIn(typeof before === 'string' ? before : '')
  const place = about === 'comment' ? {} : { record: about.record, recordId: about.id }
  const made: Occasion[] = []
  const newPersons = persons.filter((id) => !old.persons.includes(id))
  const newTeams = teams.filter((id) => !old.teams.includes(id))
  if (newPersons.length > 0) made.push({ ...occasion(entry, 'mentioned', { persons: newPersons, as: 'mention' }, { text }), ...place }) // oxfmt-ignore
  if (newTeams.length > 0) made.push({ ...occasion(entry, 'mentioned', { teams: newTeams }, { text }), ...place })
  if (about !== 'comment') made.push({ ...occasion(entry, 'commented', { stakes: 'all' }, { text }), ...place })
  return made
}
/** A step of a service level that found somebody to tell. */
function ofNotice(catalogue: Catalogue, entry: ReactionEntry): Occasion[] {
  const person = idIn(entry.changes['person']?.[1])
  const about = parentIn(catalogue, entry.changes['on']?.[1])
  if (entry.action !== 'create' || person === null || about === null) return []
  const text = { record: 'notice', id: entry.recordId } as const
  const made = occasion(entry, 'escalated', { persons: [person], as: 'step' }, { text })
  return [{ ...made, record: about.record, recordId: about.id }]
}
function ofSignIn(entry: ReactionEntry): Occasion[] {
  if (!Object.hasOwn(TOLD_DEEDS, entry.action)) return []
  return [occasion(entry, 'security', { persons: [entry.recordId], as: 'account' }, { deed: entry.action })]
}

function occasion(entry: ReactionEntry, event: EventName, whom: Whom, more: Partial<Happened> = {}): Occasion {
  const { org, record, recordId, occurredAt: at, actor: by } = entry
  return { org, record, recordId, happened: { event, at, by, ...more }, whom }
}
function parentIn(catalogue: Catalogue, on: unknown): { record: string; id: number } | null {
  const id = idIn(on)
  const name = typeof on === 'object' && on !== null && 'record' in on ? String(on.record) : ''
  const record = catalogue.find(name)
  return id === null || record === null || !isTold(record) ? null : { record: name, id }
}
function idsIn(value: unknown): number[] {
  return (Array.isArray(value) ? value : [value]).flatMap((one) => idIn(one) ?? [])
}
