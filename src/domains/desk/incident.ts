/** Incidents: something a person relies on is broken or slow, and somebody must restore it. */
import {
  boolean,
  choice,
  duration,
  instant,
  longText,
  number,
  optional,
  person,
  ref,
  refs,
  stamped,
  states,
  text,
} from '#kit/field.ts'
import { record } from '#kit/record.ts'
import { workflow } from '#kit/workflow.ts'
import type { GuardFacts } from '#kit/workflow.ts'
import {
  assigned,
  closed,
  held,
  mergedNote,
  notWaiting,
  reopened,
  reopenTerm,
  resolved,
  responded,
} from './incident-stamps.ts'

const STAFF = ['manager', 'lead', 'agent'] as const
export const PRIORITIES = [
  { value: 'P1', label: 'P1', tone: 'bad' },
  { value: 'P2', label: 'P2', tone: 'warn' },
  { value: 'P3', label: 'P3', tone: 'none' },
  { value: 'P4', label: 'P4', tone: 'none' },
] as const

export const incident = record('incident', {
  about: 'Something a person relies on is broken or slow.',
  number: 'INC',
  place: 'desk',
  icon: 'incident',
  fields: {
    subject: text({
      max: 200,
      help: 'What is broken, in the words of the person who noticed.',
      aliases: ['short description', 'title', 'summary', 'name'],
    }),
    status: states([
      { value: 'new', label: 'New', tone: 'info' },
      { value: 'assigned', label: 'Assigned', tone: 'warn' },
      { value: 'working', label: 'In work', tone: 'warn' },
      { value: 'waiting', label: 'Waiting', tone: 'hold' },
      { value: 'resolved', label: 'Resolved', tone: 'good' },
      { value: 'closed', label: 'Closed', tone: 'none' },
      { value: 'cancelled', label: 'Cancelled', tone: 'none' },
    ]),
    priority: stamped(choice(PRIORITIES, 'From impact and urgency, by the matrix in the settings.')),
    impact: choice(
      [
        { value: 'person', label: 'One person' },
        { value: 'team', label: 'A team' },
        { value: 'site', label: 'A site' },
        { value: 'everyone', label: 'Everyone' },
      ],
      { default: 'person', help: 'Who cannot work because of it.' },
    ),
    urgency: choice(
      [
        { value: 'low', label: 'Low' },
        { value: 'normal', label: 'Normal' },
        { value: 'high', label: 'High' },
      ],
      { default: 'normal', help: 'How soon it hurts.' },
    ),
    description: optional(longText({ aliases: ['details', 'body', 'document', 'notes'] })),
    service: optional(
      ref('service', { help: 'What is affected most.', aliases: ['cmdb ci', 'configuration item', 'application'] }),
    ),
    services: refs('service', { label: 'Other affected services' }),
    category: optional(ref('category')),
    requester: optional(
      person({ help: 'Who asked.', aliases: ['caller', 'caller id', 'reported by', 'user', 'customer'] }),
    ),
    unit: stamped(ref('unit', { label: 'Unit of the requester' })),
    location: optional(ref('location')),
    channel: choice(
      [
        { value: 'portal', label: 'Portal' },
        { value: 'mail', label: 'E-mail' },
        { value: 'phone', label: 'Phone' },
        { value: 'walkin', label: 'In person' },
        { value: 'chat', label: 'Chat' },
        { value: 'monitoring', label: 'Monitoring' },
        { value: 'import', label: 'Import' },
      ],
      { default: 'phone', aliases: ['contact type', 'source'] },
    ),
    team: optional(ref('team', { aliases: ['assignment group', 'group', 'queue'] })),
    assignee: optional(person({ current: true, aliases: ['assigned to', 'owner', 'agent'] })),
    waitingFor: optional(
      choice([
        { value: 'requester', label: 'The requester' },
        { value: 'supplier', label: 'A supplier' },
        { value: 'change', label: 'A change' },
        { value: 'other', label: 'Something else' },
      ]),
    ),
    waitingSupplier: optional(text({ max: 200, searchable: false, label: 'Which supplier', help: 'As the service level names it; empty: any of them.' })), // oxfmt-ignore
    waitingUntil: optional(instant()),
    resolution: optional(longText({ help: 'What restored it, for the next person.', aliases: ['close notes', 'solution'] })), // oxfmt-ignore
    closureCode: optional(
      choice([
        { value: 'fixed', label: 'Fixed' },
        { value: 'workaround', label: 'Worked around' },
        { value: 'advice', label: 'Advice given' },
        { value: 'vanished', label: 'Went away by itself' },
        { value: 'notReproducible', label: 'Could not be reproduced' },
        { value: 'duplicate', label: 'Duplicate' },
        { value: 'withdrawn', label: 'Withdrawn' },
      ]),
    ),
    parent: optional(ref('incident', { help: 'The incident that this one is a part of.' })),
    duplicateOf: stamped(ref('incident', { label: 'Merged into' })),
    major: stamped(boolean({ label: 'Major incident', default: false })),
    openedAt: instant({
      label: 'Opened',
      help: 'When it was reported.',
      default: 'now',
      aliases: ['opened', 'opened at', 'created', 'created at'],
    }),
    assignedAt: stamped(instant()),
    respondedAt: stamped(instant({ label: 'First response' })),
    resolvedAt: stamped(instant({ aliases: ['resolved', 'resolved at'] })),
    closedAt: stamped(instant({ aliases: ['closed', 'closed at'] })),
    reopenCount: stamped(number({ label: 'Reopened', unit: 'times', default: 0 })),
    reassignmentCount: stamped(number({ label: 'Reassigned', unit: 'times', default: 0 })),
    workedMinutes: stamped(duration({ label: 'Time worked', default: 0 })),
    formerNumber: optional(
      text({
        max: 60,
        help: 'Its number in the system it came from.',
        aliases: ['number', 'ticket id', 'key', 'incident number'],
      }),
    ),
    sourceLevelMet: optional(
      boolean({
        label: 'Level met (source)',
        help: 'Whether the system it came from says that its service level was kept.',
        default: null,
        aliases: ['made sla'],
      }),
    ),
    dueAt: stamped(instant({ label: 'Due', help: 'The next due time of its clocks.' })),
    level: stamped(
      choice(
        [
          { value: 'ok', label: 'On time', tone: 'good' },
          { value: 'risk', label: 'At risk', tone: 'warn' },
          { value: 'paused', label: 'Paused', tone: 'hold' },
          { value: 'breached', label: 'Breached', tone: 'bad' },
        ],
        { label: 'Service level' },
      ),
    ),
    timeLeft: stamped(duration({ help: 'While its clocks are paused: what the nearest of them has left.' })),
  },
  list: ['priority', 'subject', 'status', 'service', 'assignee', 'openedAt', 'dueAt', 'level'],
  sections: [
    { label: 'What', fields: ['subject', 'description', 'impact', 'urgency', 'service', 'services', 'category'] },
    { label: 'Who', fields: ['requester', 'location', 'channel', 'team', 'assignee'] },
    {
      label: 'More',
      fields: [
        'parent',
        'openedAt',
        'formerNumber',
        'waitingFor',
        'waitingSupplier',
        'waitingUntil',
        'resolution',
        'closureCode',
        'sourceLevelMet',
      ],
    },
  ],
  sort: '-openedAt',
  dated: { from: 'dueAt', who: 'assignee' },
  retention: { from: ['closedAt', 'resolvedAt', 'openedAt'], ends: ['delete', 'anonymise', 'bin'] },
  personal: ['subject', 'description', 'requester', 'resolution', 'formerNumber'],
  large: true,
  cached: ['dueAt', 'level', 'timeLeft'],
  tallies: [['status'], ['priority'], ['status', 'priority'], ['level'], ['major', 'status']],
  indexes: [
    { on: [], live: true },
    { on: ['openedAt'], live: true },
    { on: ['updatedAt'], live: true },
    { on: ['priority', '-openedAt'], live: true },
    { on: ['status', '-openedAt'], live: true },
    { on: ['service', '-openedAt'] },
    { on: ['requester', '-openedAt'] },
    { on: ['assignee', '-openedAt'], filled: true },
    { on: ['team', '-openedAt'], filled: true },
    { on: ['formerNumber'], filled: true },
    { on: ['parent'], filled: true },
    { on: ['dueAt'], open: true },
    { on: ['assignee', 'priority', 'status'], open: true },
    { on: ['team', 'level', 'status'], open: true },
    { on: ['level'], open: true },
    { on: ['timeLeft'], filled: true },
    { on: ['priority', '-openedAt'], open: true },
  ],
  views: [
    { name: 'open', label: 'Open', query: 'filter=status:new,assigned,working,waiting&sort=priority,-openedAt' },
    { name: 'mine', label: 'Mine', query: 'filter=status:new,assigned,working,waiting assignee:me&sort=dueAt' },
    { name: 'unassigned', label: 'Unassigned', query: 'filter=status:new,assigned assignee:none&sort=priority,-openedAt' }, // oxfmt-ignore
    { name: 'due', label: 'Due next', query: 'filter=status:new,assigned,working dueAt:any&sort=dueAt' },
    { name: 'paused', label: 'Paused', query: 'filter=level:paused&sort=timeLeft&columns=priority,subject,status,service,assignee,openedAt,timeLeft' }, // oxfmt-ignore
    { name: 'major', label: 'Major', query: 'filter=major:true&sort=-openedAt' },
  ],
  emptyText:
    'What people report as broken or slow arrives here. Create the first one, or import the log of your present tool.',
  scope: { unit: ['unit'], team: ['team'], own: ['requester', 'assignee'] },
  can: {
    read: [...STAFF, 'auditor', 'officer', 'field:requester'],
    create: [...STAFF, 'requester'],
    update: [...STAFF],
    bin: ['manager', 'lead'],
  },
})

const assign = { to: 'assigned', by: STAFF, needs: ['team'], asks: ['assignee'], stamps: assigned } as const
const start = {
  to: 'working',
  label: 'Start work',
  by: STAFF,
  needs: ['assignee'],
  asks: ['team'],
  stamps: responded,
} as const
const wait = {
  to: 'waiting',
  label: 'Wait',
  by: STAFF,
  needs: ['waitingFor'],
  asks: ['waitingSupplier', 'waitingUntil'],
  stamps: held,
} as const
const resolve = {
  to: 'resolved',
  by: STAFF,
  needs: ['resolution', 'closureCode'],
  guard: mergedNote,
  stamps: resolved,
} as const
const cancel = {
  to: 'cancelled',
  label: 'Withdraw',
  by: [...STAFF, 'field:requester'],
  stamps: ({ now }: GuardFacts) => ({ closedAt: now, closureCode: 'withdrawn' }),
} as const
const reopen = { to: 'assigned', by: [...STAFF, 'field:requester'], guard: reopenTerm, stamps: reopened } as const

const resume = { to: 'working', by: STAFF, stamps: () => notWaiting } as const
const close = { to: 'closed', by: [...STAFF, 'field:requester'], stamps: closed } as const
const moves = {
  new: { assign, start, wait, resolve, cancel },
  assigned: { start, wait, resolve, cancel },
  working: { wait, resolve, cancel },
  waiting: { resume, resolve, cancel },
  resolved: { close, reopen },
  closed: { reopen },
  cancelled: { reopen },
}
export const incidentFlow = workflow(incident, 'status', moves, { ends: ['closed', 'cancelled'] })
