/** What may hang on any record: comments, tasks, links, files, watchers. */
import {
  any,
  boolean,
  choice,
  day,
  instant,
  longText,
  number,
  optional,
  person,
  ref,
  stamped,
  states,
  text,
} from '#kit/field.ts'
import { record } from '#kit/record.ts'
import type { Move } from '#kit/workflow.ts'
import { workflow } from '#kit/workflow.ts'

const STAFF = ['manager', 'lead', 'agent'] as const

export const comment = record('comment', {
  about: 'Something said about a record. Internal notes stay among the staff.',
  number: 'CMT',
  fields: {
    body: longText({ max: 50_000, help: 'Markdown. @name mentions a person.' }),
    on: any({ label: 'About' }),
    internal: boolean({ label: 'Internal note', help: 'Only the staff can read it, not the requester.' }),
  },
  list: ['body', 'on', 'internal', 'createdBy', 'createdAt'],
  indexes: [{ on: ['on'] }],
  scope: { on: 'on', staffOnly: 'internal' },
  can: { read: [...STAFF, 'auditor', 'field:createdBy'], create: [...STAFF, 'requester'], update: ['field:createdBy'] },
})

export const task = record('task', {
  about: 'A piece of work with an owner and a day: on a record, or by itself.',
  number: 'TASK',
  place: 'desk',
  icon: 'check',
  fields: {
    subject: text({ help: 'What is to be done.' }),
    status: states([
      { value: 'open', label: 'Open', tone: 'info' },
      { value: 'doing', label: 'In work', tone: 'warn' },
      { value: 'done', label: 'Done', tone: 'good' },
      { value: 'cancelled', label: 'Cancelled', tone: 'none' },
    ]),
    assignee: optional(person({ current: true, help: 'Who does it.' })),
    team: optional(ref('team')),
    dueOn: optional(day({ label: 'Due' })),
    on: optional(any({ label: 'About' })),
    note: optional(longText({ max: 20_000 })),
    obligation: stamped(ref('obligation', { help: 'The recurring duty that asked for it.' })),
    doneAt: stamped(instant()),
  },
  list: ['subject', 'status', 'assignee', 'dueOn', 'on', 'obligation'],
  sort: 'dueOn',
  dated: { from: 'dueOn', who: 'assignee' },
  retention: { from: ['doneAt'] },
  tallies: [['status']],
  indexes: [{ on: ['on'] }, { on: ['assignee'], open: true }, { on: ['dueOn'], open: true }, { on: ['obligation'] }],
  views: [
    { name: 'open', label: 'Open', query: 'filter=status:open,doing&sort=dueOn' },
    { name: 'mine', label: 'Mine', query: 'filter=status:open,doing assignee:me&sort=dueOn' },
    { name: 'late', label: 'Late', query: 'filter=status:open,doing dueOn<today&sort=dueOn' },
  ],
  emptyText:
    'Tasks split work into pieces that somebody owns. Add one here, on any record, or let an obligation produce them.',
  scope: { on: 'on', team: ['team'], unit: ['assignee.unit'], own: ['assignee'] },
  can: { read: [...STAFF, 'auditor', 'field:assignee'], create: [...STAFF], update: [...STAFF, 'field:assignee'] },
})
const finish: Move = {
  to: 'done',
  by: [...STAFF, 'field:assignee'],
  asks: ['note'],
  stamps: ({ now }) => ({ doneAt: now }),
}
const cancel: Move = { to: 'cancelled', by: ['manager', 'lead', 'agent'], asks: ['note'] }
const reopen: Move = { to: 'open', by: [...STAFF], stamps: () => ({ doneAt: null }) }
export const taskFlow = workflow(
  task,
  'status',
  {
    open: { start: { to: 'doing', by: [...STAFF, 'field:assignee'], needs: ['assignee'] }, finish, cancel },
    doing: { finish, cancel },
    done: { reopen },
    cancelled: { reopen },
  },
  { ends: ['done', 'cancelled'] },
)

/** Relations between any two records, said from both ends. */
export const LINK_TYPES = [
  { value: 'relates', label: 'relates to', back: 'relates to' },
  { value: 'causes', label: 'causes', back: 'is caused by' },
  { value: 'blocks', label: 'blocks', back: 'is blocked by' },
  { value: 'duplicates', label: 'duplicates', back: 'is duplicated by' },
  { value: 'affects', label: 'affects', back: 'is affected by' },
  { value: 'proves', label: 'proves', back: 'is proven by' },
] as const

export const link = record('link', {
  about: 'A typed relation between two records.',
  number: 'LNK',
  fields: {
    type: choice(LINK_TYPES.map(({ value, label }) => ({ value, label }))),
    on: any({ label: 'From' }),
    to: any({ label: 'To' }),
    note: optional(text()),
  },
  list: ['on', 'type', 'to', 'note', 'createdBy', 'createdAt'],
  title: 'type',
  indexes: [{ on: ['on'] }, { on: ['to'] }],
  unique: [['on', 'type', 'to']],
  scope: { on: 'on' },
  can: { read: [...STAFF, 'auditor'], create: [...STAFF], update: [...STAFF] },
})

export const file = record('file', {
  about: 'A file that hangs on a record; stored once by its content.',
  number: 'FILE',
  plural: 'attachments',
  label: 'Attachment',
  labelPlural: 'Attachments',
  fields: {
    name: text({ max: 255 }),
    on: any({ label: 'About' }),
    sha256: stamped(text({ max: 64, label: 'Content', searchable: false, help: 'The SHA-256 of the content; set by the upload.' })), // oxfmt-ignore
    size: stamped(number({ unit: 'bytes' })),
    type: stamped(text({ max: 120, searchable: false, help: 'Found from the content, not from the name.' })),
  },
  list: ['name', 'size', 'type', 'on', 'createdBy', 'createdAt'],
  indexes: [{ on: ['on'] }, { on: ['sha256'] }],
  scope: { on: 'on' },
  can: { read: [...STAFF, 'auditor', 'field:createdBy'], create: [...STAFF, 'requester'], update: ['field:createdBy'] },
})

export const watcher = record('watcher', {
  about: 'A person who follows a record.',
  number: 'WAT',
  title: 'person',
  fields: { person: person(), on: any({ label: 'Follows' }) },
  list: ['person', 'on', 'createdAt'],
  personalTo: 'person',
  indexes: [{ on: ['on'] }, { on: ['person'] }],
  unique: [['person', 'on']],
  scope: { on: 'on', staffOnly: true, own: ['person'] },
  can: {
    read: [...STAFF, 'auditor', 'field:person'],
    create: [...STAFF, 'requester'],
    update: [...STAFF, 'field:person'],
  },
})
