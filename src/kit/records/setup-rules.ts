/** Rules of added fields: they fit their record for good. */
import { amid, said, say } from '#engines/say.ts'
import { customField, WORDY_KINDS } from '#kit/added.ts'
import { hasIndexOrder } from '#kit/added-index.ts'
import { isEmpty } from '#kit/check.ts'
import { classOf, isWithin } from '#kit/clearance.ts'
import { BASE_FIELDS } from '#kit/condition.ts'
import type { Confidentiality } from '#kit/field.ts'
import { labelOf } from '#kit/field.ts'
import type { Misfits } from '#kit/problem.ts'
import type { RecordType } from '#kit/record.ts'
import { run, sql } from '#kit/sql.ts'
import type { Deriving, Rules } from '#kit/store.ts'
import { hasWords } from '#kit/write.ts'

export const customFieldRules: Rules = { derive: toPrepare, fits: misplaced, refuse: changedForGood }

/** What is to be made anew says so at once; the job does it (added-work.ts). */
function toPrepare({ before, after }: Deriving): Partial<Record<'index' | 'words', string | null>> {
  const isLive = after.binnedAt === null
  const differs = (name: string): boolean =>
    JSON.stringify([before?.[name] ?? null, before?.binnedAt ?? null]) !== JSON.stringify([after[name] ?? null, after.binnedAt]) // oxfmt-ignore
  const isIndexNew = differs('sorted') || differs('options')
  const isWordsNew = after['searched'] === true ? differs('searched') || differs('options') : before?.['searched'] === true // oxfmt-ignore
  return {
    ...(isIndexNew ? { index: after['sorted'] === true && isLive ? 'making' : null } : {}),
    ...(isWordsNew ? { words: 'making' } : {}),
  }
}
async function misplaced(facts: Deriving): Promise<Misfits> {
  const { after, store } = facts
  const record = store.catalogue.find(String(after['record']))
  if (record === null)
    return {
      record: say`There is no kind of record called "${String(after['record'])}". Write one such as incident or person.`,
    }
  return {
    ...nameProblem(record, String(after['name'])),
    ...(await earlierKind(facts)),
    ...kindProblems(facts, record),
  }
}
function nameProblem(record: RecordType, name: string): Misfits {
  if (!/^[a-z][A-Za-z0-9]*$/.test(name))
    return {
      name: say`"${name}" cannot be the name of a field. Use letters and digits, beginning with a small letter: costCentre.`,
    }
  return record.fields[name] !== undefined ||
    BASE_FIELDS[name] !== undefined ||
    ['rev', 'number', 'custom', 'binnedAt', 'reason'].includes(name)
    ? { name: say`${said(record.label)} has a field "${name}" of its own. Choose another name.` }
    : {}
}
/** What goes with some kinds only. */
function kindProblems(facts: Deriving, record: RecordType): Misfits {
  const { after, store } = facts
  const kind = String(after['kind'])
  const options = after['options']
  const lacks = [
    kind === 'choice' && !(Array.isArray(options) && options.length > 0) && { options: say`A choice needs its options. Give a list such as [{"value":"a","label":"A"}].` }, // oxfmt-ignore
    kind === 'ref' && store.catalogue.find(String(after['to'])) === null && { to: say`Say to which kind of record it refers, such as service, location or team.` }, // oxfmt-ignore
    kind !== 'ref' && !isEmpty(after['to']) && { to: say`Only a reference to one kind of record says which. Leave it empty.` }, // oxfmt-ignore
    kind !== 'number' && !isEmpty(after['unit']) && { unit: say`Only a number has a unit. Leave it empty.` },
    after['searched'] === true && !WORDY_KINDS.includes(kind) && { searched: say`Only texts, choices, e-mail and web addresses are searched by words.` }, // oxfmt-ignore
    after['searched'] === true && !hasWords(record) && { searched: say`${said(record.labelPlural)} are not searched by words.` }, // oxfmt-ignore
    after['sorted'] === true && !hasIndexOrder(customField({ kind, label: '' })) && { sorted: say`Fields of this kind have no order that an index can hold.` }, // oxfmt-ignore
  ]
  return Object.assign({}, ...lacks.filter((one) => one !== false), classProblems(facts, record))
}
/** As for declared fields: what is searched or must be filled in is never above the class of its record. */
function classProblems({ before, after }: Deriving, record: RecordType): Misfits {
  if (isWithin(classIn(after['confidentiality']), classOf(record))) return {}
  const them = amid(record.labelPlural)
  const isPrepared = before !== null && (before['words'] ?? null) !== null
  return {
    ...(after['required'] === true
      ? { required: say`A field above the class of ${them} (${classOf(record)}) cannot be required: not everybody who writes one may fill it in.` } // oxfmt-ignore
      : {}),
    ...(after['searched'] === true || isPrepared
      ? { confidentiality: say`Its words are searched by everybody who reads ${them}. Switch "Searched by words" off first, and wait until its words are gone.` } // oxfmt-ignore
      : {}),
  }
}
function classIn(confidentiality: unknown): Confidentiality {
  return customField({ kind: 'text', label: '', confidentiality: String(confidentiality ?? 'C1') }).confidentiality ?? 'C1' // oxfmt-ignore
}
/** Values of a field in the bin are kept by its name: one of another kind must not read them, and none that more people see. */
async function earlierKind({ after, on, actor }: Deriving): Promise<Misfits> {
  if (after.binnedAt !== null) return {}
  const rows = await run<{ id: number; kind: string; to: string | null; confidentiality: string | null }>(
    on,
    sql`select id, kind, to_ as "to", confidentiality from custom_field where org = ${actor.org} and record = ${after['record']} and name = ${after['name']} and id <> ${after.id} order by id`,
  )
  const name = String(after['name'])
  const other = rows.find(({ kind, to }) => kind !== after['kind'] || (to ?? '') !== (after['to'] ?? ''))
  if (other !== undefined)
    return { name: say`Values of FLD-${other.id} (${amid(labelOf(other.kind))}) are kept under "${name}". Choose another name.` } // oxfmt-ignore
  const secret = rows.find((one) => !isWithin(classIn(one.confidentiality), classIn(after['confidentiality'])))
  return secret === undefined
    ? {}
    : { confidentiality: say`Values of FLD-${secret.id} are kept under "${name}", and are more secret (${classIn(secret.confidentiality)}). Choose that class, or another name.` } // oxfmt-ignore
}
/** Values are kept under the name and in the form of the kind: another one would not read them any more. */
function changedForGood({ before, after }: Deriving): string | null {
  const changed =
    before === null
      ? undefined
      : ['record', 'name', 'kind', 'to'].find((name) => (before[name] ?? null) !== (after[name] ?? null))
  return changed === undefined
    ? null
    : say`${said(changed === 'to' ? 'Refers to' : labelOf(changed))} of an added field stays as it is, because values are kept by it. Put this field into the bin and add another one.`
}
