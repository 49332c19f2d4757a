/** What stands around incidents: categories, time worked, canned replies, surveys, major incidents. */
import {
  any,
  boolean,
  choice,
  day,
  duration,
  instant,
  longText,
  number,
  optional,
  person,
  ref,
  stamped,
  states,
  text,
  url,
} from '#kit/field.ts'
import { record } from '#kit/record.ts'
import type { Move } from '#kit/workflow.ts'
import { workflow } from '#kit/workflow.ts'

const STAFF = ['manager', 'lead', 'agent'] as const

export const category = record('category', {
  about: 'What kind of trouble it is. Categories form a tree.',
  number: 'CAT',
  plural: 'categories',
  labelPlural: 'Categories',
  fields: {
    name: text({ aliases: ['category', 'subcategory', 'topic'] }),
    parent: optional(ref('category')),
    team: optional(ref('team', { help: 'Who gets incidents of this kind first.' })),
  },
  list: ['name', 'parent', 'team'],
  sort: 'name',
  unique: [['name', 'parent']],
  tree: ['parent'],
  emptyText: 'A few categories are enough: they route work and show where trouble comes from.',
  scope: 'shared',
  can: { read: ['everyone'], create: ['manager', 'lead'], update: ['manager', 'lead'] },
})

export const timeEntry = record('timeEntry', {
  about: 'Time that somebody worked on a record.',
  number: 'TIME',
  plural: 'timeentries',
  label: 'Time entry',
  labelPlural: 'Time entries',
  title: 'note',
  fields: {
    on: any({ label: 'About' }),
    person: optional(person({ help: 'Who worked; you, when empty.' })),
    minutes: duration(),
    day: optional(day({ help: 'Today, when empty.' })),
    note: optional(text()),
  },
  list: ['on', 'person', 'minutes', 'day', 'note'],
  indexes: [{ on: ['on'] }, { on: ['person'] }],
  scope: { on: 'on', staffOnly: true, own: ['person'] },
  can: {
    read: [...STAFF, 'auditor', 'field:person'],
    create: [...STAFF],
    update: ['manager', 'lead', 'field:person', 'field:createdBy'],
  },
})

export const cannedReply = record('cannedReply', {
  about: 'A text that is used again and again in answers.',
  number: 'TXT',
  plural: 'cannedreplies',
  label: 'Canned reply',
  labelPlural: 'Canned replies',
  fields: {
    name: text({ max: 80 }),
    body: longText({ max: 20_000, help: 'Markdown. {{requester}}, {{number}}, {{subject}} and {{me}} are filled in.' }),
    team: optional(ref('team', { help: 'Only for this team; for everybody when empty.' })),
  },
  list: ['name', 'team', 'updatedAt'],
  sort: 'name',
  emptyText: 'Write the answers that you give every week once.',
  scope: 'shared',
  can: { read: [...STAFF], create: [...STAFF], update: [...STAFF] },
})

export const survey = record('survey', {
  about: 'One question after an incident is resolved: was it good?',
  number: 'SRV',
  title: 'incident',
  fields: {
    incident: ref('incident'),
    person: optional(person()),
    status: states([
      { value: 'open', label: 'Open', tone: 'info' },
      { value: 'answered', label: 'Answered', tone: 'good' },
    ]),
    score: optional(number({ min: 1, max: 5, help: '1 bad … 5 very good' })),
    comment: optional(longText({ max: 5000 })),
    answeredAt: stamped(instant()),
  },
  list: ['incident', 'person', 'status', 'score', 'answeredAt'],
  sort: '-id',
  retention: { from: ['answeredAt'] },
  partOf: 'incident',
  tallies: [['status'], ['score']],
  indexes: [{ on: ['incident'] }, { on: ['answeredAt'] }],
  emptyText: 'Each resolved incident asks its requester one question. The answers appear here.',
  scope: { unit: ['incident.unit'], team: ['incident.team'], own: ['person'] },
  can: {
    read: [...STAFF, 'auditor', 'officer', 'field:person'],
    create: ['manager', 'lead'],
    update: ['field:person'],
    bin: ['administrator'],
  },
})
export const surveyFlow = workflow(
  survey,
  'status',
  {
    open: {
      answer: {
        to: 'answered',
        by: ['field:person'],
        needs: ['score'],
        asks: ['comment'],
        stamps: ({ now }) => ({ answeredAt: now }),
      },
    },
  },
  { ends: ['answered'] },
)

export const majorIncident = record('majorIncident', {
  about: 'An incident that needs a crew: roles, regular news, and a review when it is over.',
  number: 'MAJ',
  plural: 'majorincidents',
  label: 'Major incident',
  labelPlural: 'Major incidents',
  place: 'desk',
  icon: 'siren',
  fields: {
    subject: text(),
    incident: ref('incident'),
    status: states([
      { value: 'declared', label: 'Declared', tone: 'bad' },
      { value: 'mitigated', label: 'Mitigated', tone: 'warn' },
      { value: 'over', label: 'Over, review open', tone: 'info' },
      { value: 'reviewed', label: 'Reviewed', tone: 'good' },
      { value: 'dropped', label: 'Not major after all', tone: 'none' },
    ]),
    commander: optional(person({ current: true, help: 'Leads and decides.' })),
    communicator: optional(person({ current: true, help: 'Tells those affected.' })),
    scribe: optional(person({ current: true, help: 'Writes down what happens.' })),
    bridge: optional(url({ label: 'Call or chat' })),
    newsEvery: optional(
      duration({ label: 'News every', default: 60, help: 'How often those affected hear something.' }),
    ),
    newsLateSince: stamped(
      instant({ label: 'News late since', help: 'When the news was due that those affected have not had yet.' }),
    ),
    mitigatedAt: stamped(instant()),
    overAt: stamped(instant()),
    whatHappened: optional(longText()),
    causes: optional(longText({ label: 'Causes' })),
    lessons: optional(longText({ label: 'What we change', help: 'Each change becomes an improvement action.' })),
    reviewedAt: stamped(instant()),
  },
  retention: { from: ['reviewedAt', 'overAt'] },
  partOf: 'incident',
  list: ['subject', 'status', 'incident', 'commander', 'mitigatedAt', 'overAt'],
  sort: '-id',
  indexes: [{ on: ['incident'] }],
  emptyText:
    'When many cannot work, declare a major incident on the incident: roles, news and the review are then in one place.',
  scope: { unit: ['incident.unit'], team: ['incident.team'], own: ['commander'] },
  can: { read: [...STAFF, 'officer', 'auditor'], create: [...STAFF], update: [...STAFF] },
})
/** Somebody led it, however it came to its end. */
const end: Move = {
  to: 'over',
  label: 'It is over',
  by: STAFF,
  needs: ['commander'],
  stamps: ({ row, now }) => ({ mitigatedAt: row['mitigatedAt'] ?? now, overAt: now }),
}
export const majorFlow = workflow(
  majorIncident,
  'status',
  {
    declared: {
      mitigate: { to: 'mitigated', by: STAFF, needs: ['commander'], stamps: ({ now }) => ({ mitigatedAt: now }) },
      end,
      drop: { to: 'dropped', label: 'Not major after all', by: ['manager', 'lead'] },
    },
    mitigated: {
      end,
      worsen: { to: 'declared', label: 'It is back', by: STAFF, stamps: () => ({ mitigatedAt: null }) },
    },
    over: {
      review: {
        to: 'reviewed',
        label: 'Finish the review',
        by: ['manager', 'lead'],
        needs: ['whatHappened', 'causes', 'lessons'],
        stamps: ({ now }) => ({ reviewedAt: now }),
      },
    },
  },
  { ends: ['reviewed', 'dropped'] },
)

export const news = record('news', {
  about: 'What those affected by a major incident were told, and when they hear more.',
  number: 'NEWS',
  plural: 'news',
  labelPlural: 'News',
  title: 'message',
  fields: {
    major: ref('majorIncident'),
    message: text({ max: 2000 }),
    audience: choice(
      [
        { value: 'crew', label: 'The crew' },
        { value: 'affected', label: 'Those affected' },
        { value: 'everyone', label: 'Everyone' },
      ],
      { default: 'affected' },
    ),
    nextAt: optional(instant({ label: 'Next news' })),
    isLast: boolean({ label: 'Last news' }),
  },
  partOf: 'major',
  list: ['major', 'message', 'audience', 'createdBy', 'createdAt', 'nextAt'],
  indexes: [{ on: ['major'] }],
  can: { read: [...STAFF, 'officer', 'auditor'], create: [...STAFF], update: [...STAFF] },
})
