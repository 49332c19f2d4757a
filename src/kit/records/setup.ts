/** What administrators and people arrange for themselves: added fields, saved views, imports. */
import { z } from 'zod'
import { say } from '#engines/say.ts'
import { boolean, choice, json, labelOf, number, optional, person, ref, stamped, states, text } from '#kit/field.ts'
import { CUSTOM_CLASSES, CUSTOM_KINDS, WORDY_KINDS } from '#kit/added.ts'
import { record } from '#kit/record.ts'

const KIND_LABELS: Readonly<Record<string, string>> = {
  ip: 'IP address or network',
  url: 'Web address',
  email: 'E-mail address',
  ref: 'Reference to one kind of record',
  record: 'Reference to any record',
}
const CLASS_LABELS: Readonly<Record<(typeof CUSTOM_CLASSES)[number], string>> = {
  C0: 'Everybody (C0)',
  C1: 'The team (C1)',
  C2: 'The person and their managers (C2)',
  C3: 'Above managers (C3)',
  C4: 'Review panels (C4)',
}
/** How far the product is with what an administrator asked for: an index, the words of what is there already. Empty: not asked for. */
const PREPARATIONS = [
  { value: 'making', label: 'Being made' },
  { value: 'ready', label: 'Ready' },
  { value: 'failed', label: 'Failed' },
] as const

export const customField = record('customField', {
  about: 'A field that an administrator adds to any record.',
  number: 'FLD',
  plural: 'customfields',
  label: 'Added field',
  labelPlural: 'Added fields',
  fields: {
    label: text({ max: 80 }),
    record: text({ max: 40, searchable: false, help: 'The kind of record it belongs to.' }),
    name: text({
      max: 40,
      searchable: false,
      help: 'Its name in filters and the API: letters and digits, beginning with a small letter.',
    }),
    kind: choice(CUSTOM_KINDS.map((kind) => ({ value: kind, label: KIND_LABELS[kind] ?? labelOf(kind) }))),
    to: optional(
      text({
        max: 40,
        searchable: false,
        label: 'Refers to',
        help: 'For a reference to one kind of record.',
      }),
    ),
    unit: optional(text({ label: 'Measured in', max: 20, searchable: false, help: 'For a number: kg, %, people.' })),
    options: optional(
      json<{ value: string; label: string }[]>(optionsProblem, {
        structure: z.array(z.object({ value: z.string(), label: z.string() })),
        help: 'For a choice: what there is to choose from, one a line.',
      }),
    ),
    required: boolean(),
    help: optional(text({ searchable: false })),
    confidentiality: optional(
      choice(
        CUSTOM_CLASSES.map((one) => ({ value: one, label: CLASS_LABELS[one] })),
        { default: 'C1', help: 'Who may read it at most. For others it does not exist.' },
      ),
    ),
    listed: boolean({ help: 'A column of the list unless somebody chooses others.' }),
    searched: boolean({ label: 'Searched by words', help: `Its words find the record (${WORDY_KINDS.map((kind) => labelOf(kind).toLowerCase()).join(', ')}).` }), // oxfmt-ignore
    sorted: boolean({
      label: 'Sorted often',
      help: 'Makes an index, so that lists of any length are sorted by it. Each index makes writing a little slower.',
    }),
    index: stamped(choice(PREPARATIONS, { label: 'Index' })),
    words: stamped(choice(PREPARATIONS, { label: 'Words' })),
    progress: stamped(number({ unit: '%', label: 'Being prepared' })),
  },
  cached: ['index', 'words', 'progress'],
  list: ['label', 'record', 'name', 'kind', 'required', 'searched', 'sorted'],
  retention: 'never',
  unique: [['record', 'name']],
  can: { read: ['everyone'], create: ['administrator'], update: ['administrator'] },
})
function optionsProblem(value: unknown): string | null {
  const fits =
    Array.isArray(value) &&
    value.length <= 200 &&
    value.every(
      (one) =>
        typeof one === 'object' &&
        one !== null &&
        typeof one.value === 'string' &&
        /^[\w.-]{1,60}$/.test(one.value) &&
        typeof one.label === 'string',
    )
  return fits
    ? null
    : say`Give a list such as [{"value":"a","label":"A"}]; values are letters, digits, dots and dashes.`
}

export const savedView = record('savedView', {
  about: 'A name for a list with its filter, order and columns.',
  number: 'VIEW',
  plural: 'savedviews',
  label: 'Saved view',
  labelPlural: 'Saved views',
  fields: {
    name: text({ max: 60 }),
    record: text({ max: 40, searchable: false }),
    query: text({ max: 2000, searchable: false, help: 'The part of the address after the question mark.' }),
    audience: choice(
      [
        { value: 'me', label: 'Only me' },
        { value: 'team', label: 'A team' },
        { value: 'everyone', label: 'Everyone' },
      ],
      { default: 'me' },
    ),
    team: optional(ref('team', { help: 'Its members and its lead see it; its lead may change it.' })),
    pinned: boolean({ help: 'Shown in the navigation of whoever sees it, until they take it away.' }),
    owner: stamped(person()),
    problem: stamped(text({ max: 500, searchable: false, label: 'What is wrong', help: 'Why it cannot be shown any more.' })), // oxfmt-ignore
  },
  cached: ['problem'],
  list: ['name', 'record', 'audience', 'team', 'pinned', 'owner', 'problem'],
  private: { owner: 'owner', unless: ['audience', 'everyone'], team: 'team' },
  indexes: [{ on: ['record'] }],
  can: { read: ['everyone'], create: ['everyone'], update: ['field:owner', 'administrator'] },
})

/** Holds cells of the file: shown by the route of the import alone, to those who read what the file is about. */
const OF_THE_FILE = { confidentiality: 'C4' } as const
/** One import: a file, what was found in it, how it is mapped and what became of it. */
export const importBatch = record('importBatch', {
  about: 'A file that is read into records: checked first, then run, and undone as a whole if need be.',
  number: 'IMP',
  plural: 'imports',
  label: 'Import',
  labelPlural: 'Imports',
  title: 'fileName',
  fields: {
    fileName: text({ max: 255, label: 'File' }),
    record: text({ max: 40, searchable: false }),
    state: stamped(
      states([
        { value: 'uploaded', label: 'Uploaded', tone: 'info' },
        { value: 'checking', label: 'Being checked', tone: 'hold' },
        { value: 'checked', label: 'Checked', tone: 'info' },
        { value: 'running', label: 'Running', tone: 'hold' },
        { value: 'done', label: 'Done', tone: 'good' },
        { value: 'undoing', label: 'Being undone', tone: 'hold' },
        { value: 'undone', label: 'Undone', tone: 'none' },
        { value: 'failed', label: 'Failed', tone: 'bad' },
      ]),
    ),
    sha256: stamped(text({ max: 64, searchable: false })),
    found: stamped(json(() => null, OF_THE_FILE)),
    mapping: stamped(json(() => null, OF_THE_FILE)),
    counts: stamped(json(() => null)),
    problems: stamped(json(() => null, OF_THE_FILE)),
    rejected: stamped(json(() => null, OF_THE_FILE)),
    progress: stamped(number({ unit: 'rows' })),
    rows: stamped(number({ unit: 'rows' })),
    because: stamped(text({ max: 2000, searchable: false })),
  },
  cached: ['progress'],
  list: ['fileName', 'record', 'state', 'progress', 'rows', 'createdBy', 'createdAt'],
  can: {
    read: ['manager', 'lead', 'auditor', 'field:createdBy'],
    create: ['manager', 'lead'],
    update: ['manager', 'lead'],
  },
})
