/** What is kept over time and comes back: measures with their values, obligations, improvement actions. */
import { say } from '#engines/say.ts'
import {
  any,
  boolean,
  choice,
  day,
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
import { workflow } from '#kit/workflow.ts'
import type { GuardFacts } from '#kit/workflow.ts'

const STAFF = ['manager', 'lead', 'agent'] as const
/** The twelve duties of the information systems manager (product vision), in their order. */
export const DUTIES = [
  { value: '1', label: 'Staff results' },
  { value: '2', label: 'Staffing' },
  { value: '3', label: 'Safe workplace' },
  { value: '4', label: 'Sustain systems' },
  { value: '5', label: 'Audit applications' },
  { value: '6', label: 'Enhance' },
  { value: '7', label: 'Safeguard' },
  { value: '8', label: 'Finance' },
  { value: '9', label: 'Professional knowledge' },
  { value: '10', label: 'Infrastructure' },
  { value: '11', label: 'Quality and planning' },
  { value: '12', label: 'Advice to officers' },
] as const

export const measure = record('measure', {
  about: 'A number with a definition, an owner, a source, a target and limits, kept over time.',
  number: 'M',
  place: 'improvement',
  icon: 'chart',
  fields: {
    name: text(),
    definition: longText({ help: 'How it is computed, so that two people get the same number.' }),
    duty: choice(DUTIES),
    unit: text({ label: 'Measured in', max: 20, searchable: false }),
    better: choice([
      { value: 'higher', label: 'Higher is better' },
      { value: 'lower', label: 'Lower is better' },
    ]),
    target: number({ help: 'Reached: good.' }),
    limit: number({ help: 'Missed: bad. Between limit and target: watch.' }),
    cadence: choice(['day', 'week', 'month']),
    owner: optional(person({ current: true })),
    source: stamped(
      text({ searchable: false, help: 'The computation that fills it; empty when people enter the values.' }),
    ),
    latest: stamped(number({ label: 'Latest value' })),
    latestOn: stamped(day({ label: 'Latest on' })),
    standing: stamped(
      choice([
        { value: 'good', label: 'Good', tone: 'good' },
        { value: 'watch', label: 'Watch', tone: 'warn' },
        { value: 'bad', label: 'Bad', tone: 'bad' },
      ]),
    ),
  },
  list: ['name', 'duty', 'latest', 'unit', 'standing', 'target', 'owner'],
  indexes: [{ on: ['duty'] }],
  emptyText:
    'A measure turns a duty into a number with a target. The ones that Pilothouse computes appear here by themselves.',
  scope: { own: ['owner'] },
  can: { read: [...STAFF, 'officer', 'auditor'], create: ['manager'], update: ['manager'] },
})

export const measurement = record('measurement', {
  about: 'The value of a measure on a day, with the evidence it was computed from.',
  number: 'MV',
  title: 'measure',
  fields: {
    measure: ref('measure'),
    on: day(),
    value: number(),
    evidence: number({ min: 0, help: 'How many records it was computed from.', unit: 'records' }),
    list: optional(text({ max: 1000, searchable: false, help: 'The list of those records.' })),
  },
  list: ['measure', 'on', 'value', 'evidence'],
  sort: '-on',
  retention: { from: ['on'] },
  partOf: 'measure',
  indexes: [{ on: ['measure', 'on'] }],
  unique: [['measure', 'on']],
  can: { read: [...STAFF, 'officer', 'auditor'], create: ['manager'], update: ['manager'] },
})

export const obligation = record('obligation', {
  about: 'Something that must happen again and again. It produces tasks in time.',
  number: 'OBL',
  place: 'improvement',
  icon: 'repeat',
  fields: {
    subject: text({ help: 'What must happen: "Restore test of the ERP database".' }),
    rule: text({
      searchable: false,
      help: 'How often, as an iCalendar rule: FREQ=MONTHLY;BYMONTHDAY=1.',
      default: 'FREQ=MONTHLY',
    }),
    firstOn: day({ label: 'First on' }),
    leadDays: number({
      label: 'Days ahead',
      min: 0,
      max: 366,
      default: 7,
      unit: 'days',
      help: 'How many days before it is due the task appears.',
    }),
    duty: optional(choice(DUTIES)),
    assignee: optional(person({ current: true })),
    team: optional(ref('team')),
    on: optional(any({ label: 'About' })),
    note: optional(longText()),
    active: boolean({ default: true }),
    nextOn: stamped(day({ label: 'Next on' })),
  },
  list: ['subject', 'nextOn', 'rule', 'assignee', 'team', 'duty', 'active'],
  sort: 'nextOn',
  dated: { from: 'nextOn', who: 'assignee' },
  indexes: [{ on: ['nextOn'] }],
  emptyText: 'Restore tests, access reviews, inspections: say once how often, and the task appears in time.',
  scope: { team: ['team'], own: ['assignee'], unit: ['assignee.unit'] },
  can: { read: [...STAFF, 'auditor'], create: ['manager', 'lead'], update: ['manager', 'lead'] },
})

export const action = record('action', {
  about: 'Finding, owner, due, done, and its effect checked by somebody else.',
  number: 'ACT',
  place: 'improvement',
  icon: 'target',
  label: 'Improvement action',
  labelPlural: 'Improvement actions',
  fields: {
    subject: text({ help: 'What will be different.' }),
    because: longText({ label: 'Finding', help: 'What was found, with its figures.' }),
    on: optional(any({ label: 'About' })),
    duty: optional(choice(DUTIES)),
    status: states([
      { value: 'open', label: 'Open', tone: 'warn' },
      { value: 'done', label: 'Done, effect open', tone: 'info' },
      { value: 'effective', label: 'Effective', tone: 'good' },
      { value: 'ineffective', label: 'Without effect', tone: 'bad' },
      { value: 'dropped', label: 'Dropped', tone: 'none' },
    ]),
    owner: optional(person({ current: true })),
    dueOn: optional(day({ label: 'Due' })),
    result: optional(longText({ help: 'What was done.' })),
    effect: optional(longText({ help: 'What changed, and how that was seen.' })),
    checkedBy: stamped(person()),
  },
  list: ['subject', 'status', 'owner', 'dueOn', 'on', 'duty'],
  sort: 'dueOn',
  dated: { from: 'dueOn', who: 'owner' },
  tallies: [['status']],
  indexes: [{ on: ['on'] }, { on: ['owner'] }, { on: ['dueOn'] }],
  views: [
    { name: 'open', label: 'Open', query: 'filter=status:open,done&sort=dueOn' },
    { name: 'mine', label: 'Mine', query: 'filter=status:open owner:me&sort=dueOn' },
  ],
  emptyText:
    'When a service level is breached or a review finds something, an action says who changes what until when, and somebody else checks the effect.',
  scope: { own: ['owner'], unit: ['owner.unit'] },
  can: {
    read: [...STAFF, 'officer', 'auditor'],
    create: ['manager', 'lead', 'agent', 'auditor'],
    update: ['manager', 'lead', 'field:owner'],
  },
})
export const actionFlow = workflow(
  action,
  'status',
  {
    open: {
      finish: { to: 'done', by: ['manager', 'lead', 'field:owner'], needs: ['owner', 'result'] },
      drop: { to: 'dropped', by: ['manager', 'lead'], needs: ['effect'] },
    },
    done: {
      confirm: {
        to: 'effective',
        label: 'Confirm the effect',
        by: [...STAFF, 'auditor'],
        needs: ['effect'],
        guard: isOwnCheck,
        stamps: checker,
      },
      reject: {
        to: 'ineffective',
        label: 'No effect',
        by: [...STAFF, 'auditor'],
        needs: ['effect'],
        guard: isOwnCheck,
        stamps: checker,
      },
      reopen: { to: 'open', by: ['manager', 'lead', 'field:owner'] },
    },
    ineffective: { reopen: { to: 'open', by: ['manager', 'lead', 'field:owner'] } },
    dropped: { revive: { to: 'open', label: 'Take up again', by: ['manager', 'lead'] } },
  },
  { ends: ['effective', 'ineffective', 'dropped'] },
)
/** Nobody confirms the effect of their own action (separation of duties). */
function isOwnCheck({ row, actor }: GuardFacts): string | null {
  const owner = row['owner']
  const isOwner = typeof owner === 'object' && owner !== null && 'id' in owner && owner.id === actor.person
  return isOwner ? say`The effect is checked by somebody other than the owner of the action.` : null
}
function checker({ actor }: GuardFacts): Readonly<Record<string, unknown>> {
  return {
    checkedBy: actor.person === null ? null : { id: actor.person, number: `P-${actor.person}`, title: actor.name },
  }
}
