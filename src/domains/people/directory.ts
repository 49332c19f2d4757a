/** The directory: persons, teams, the tree of units, locations, positions and who is away. */
import { choice, day, email, longText, optional, person, ref, refs, stamped, states, text } from '#kit/field.ts'
import { record } from '#kit/record.ts'
import { workflow } from '#kit/workflow.ts'

const STAFF = ['manager', 'lead', 'agent'] as const

export const personRecord = record('person', {
  about: 'Somebody who works here, or with us.',
  number: 'P',
  plural: 'persons',
  labelPlural: 'Persons',
  place: 'people',
  icon: 'user',
  fields: {
    name: text({ confidentiality: 'C0', aliases: ['full name', 'display name', 'caller', 'employee'] }),
    email: optional(email({ confidentiality: 'C0', label: 'E-mail', aliases: ['mail', 'email address'] })),
    status: states([
      { value: 'active', label: 'Active', tone: 'good' },
      { value: 'left', label: 'Left', tone: 'none' },
    ]),
    jobTitle: optional(text({ confidentiality: 'C0', aliases: ['title', 'job', 'role'] })),
    unit: optional(ref('unit', { confidentiality: 'C0', aliases: ['department', 'company', 'cost centre'] })),
    location: optional(ref('location', { confidentiality: 'C0', aliases: ['site', 'office'] })),
    position: optional(ref('position')),
    lineManager: optional(person({ current: true, aliases: ['manager', 'reports to', 'supervisor'] })),
    phone: optional(text({ max: 40, confidentiality: 'C0', aliases: ['telephone', 'phone number'] })),
    mobile: optional(text({ max: 40 })),
    employeeNumber: optional(text({ max: 40, aliases: ['employee id', 'personnel number', 'user name', 'login'] })),
    timeZone: optional(
      text({ max: 60, searchable: false, help: 'Such as Europe/Berlin; empty: that of the location.' }),
    ),
    workingTime: optional(ref('calendar', { help: 'When this person works; empty: that of the organisation.' })),
    startedOn: optional(day()),
    leftOn: stamped(day({ help: 'The last day here; nothing means today.' })),
  },
  list: ['name', 'status', 'jobTitle', 'unit', 'location', 'email', 'lineManager'],
  sort: 'name',
  // Everything refers to people: they are never removed, but become nobody.
  retention: { from: ['leftOn'], ends: ['anonymise'] },
  personal: ['name', 'email', 'jobTitle', 'position', 'lineManager', 'phone', 'mobile', 'employeeNumber', 'timeZone', 'workingTime', 'startedOn'], // oxfmt-ignore
  large: true,
  tallies: [['status']],
  unique: [['email']],
  tree: ['lineManager'],
  indexes: [{ on: ['name'] }, { on: ['unit'] }, { on: ['lineManager'] }, { on: ['employeeNumber'] }],
  views: [
    { name: 'active', label: 'Active', query: 'filter=status:active&sort=name' },
    { name: 'reports', label: 'Report to me', query: 'filter=lineManager:me status:active&sort=name' },
  ],
  emptyText: 'Everybody who asks IT for something or works for it. Import the list from HR or your directory to begin.',
  scope: { unit: ['unit'], own: ['id', 'lineManager'] },
  can: {
    read: ['everyone'],
    create: ['manager', 'lead', 'agent'],
    update: ['manager', 'lead', 'agent'],
    bin: ['manager'],
  },
})
export const personFlow = workflow(
  personRecord,
  'status',
  {
    active: {
      leave: {
        to: 'left',
        label: 'Mark as left',
        by: ['manager', 'lead'],
        asks: ['leftOn'],
      },
    },
    left: { return: { to: 'active', label: 'Returned', by: ['manager', 'lead'], stamps: () => ({ leftOn: null }) } },
  },
  { ends: ['left'] },
)

export const team = record('team', {
  about: 'People who share a queue of work.',
  number: 'TEAM',
  place: 'people',
  icon: 'users',
  fields: {
    name: text({ confidentiality: 'C0', aliases: ['group', 'assignment group'] }),
    about: optional(longText({ label: 'What it does' })),
    lead: optional(person({ current: true })),
    members: refs('person', { current: true }),
    email: optional(email()),
    calendar: optional(
      ref('calendar', { help: 'When the team works; agreements with it that name no calendar count by it.' }),
    ),
    unit: optional(ref('unit')),
  },
  list: ['name', 'lead', 'members', 'unit', 'calendar'],
  sort: 'name',
  unique: [['name']],
  indexes: [{ on: ['members'] }],
  emptyText: 'A team is a queue: incidents are assigned to it first, then to a person in it.',
  scope: { team: ['id'], unit: ['unit'], own: ['lead', 'members'] },
  can: { read: ['everyone'], create: ['manager', 'lead'], update: ['manager', 'lead'] },
})

export const unit = record('unit', {
  about: 'A part of the organisation: company, site, department. Units form a tree.',
  number: 'UNIT',
  place: 'people',
  icon: 'tree',
  fields: {
    name: text({ confidentiality: 'C0' }),
    kind: choice(['company', 'site', 'department']),
    parent: optional(ref('unit')),
    head: optional(person({ current: true })),
    code: optional(text({ max: 40, help: 'Cost centre or short name.' })),
  },
  list: ['name', 'kind', 'parent', 'head', 'code'],
  sort: 'name',
  unique: [['name', 'parent']],
  tree: ['parent'],
  indexes: [{ on: ['parent'] }],
  emptyText: 'The tree of companies, sites and departments. Service levels and rights follow it.',
  scope: { unit: ['id'], own: ['head'] },
  can: { read: ['everyone'], create: ['manager'], update: ['manager'] },
})

export const location = record('location', {
  about: 'A place where people and equipment are: site, building, floor, room.',
  number: 'LOC',
  place: 'people',
  icon: 'pin',
  fields: {
    name: text({ confidentiality: 'C0' }),
    kind: choice(['site', 'building', 'floor', 'room'], { default: 'site' }),
    parent: optional(ref('location')),
    address: optional(longText({ max: 2000 })),
    country: optional(text({ max: 2, searchable: false, help: 'Two letters, such as DE.' })),
    timeZone: optional(text({ max: 60, searchable: false, help: 'Such as Europe/Berlin.' })),
  },
  list: ['name', 'kind', 'parent', 'country', 'timeZone'],
  sort: 'name',
  unique: [['name', 'parent']],
  tree: ['parent'],
  indexes: [{ on: ['parent'] }],
  emptyText: 'Where things are. Sites carry a time zone and a country, so that holidays and hours are right.',
  scope: 'shared',
  can: { read: ['everyone'], create: ['manager', 'lead', 'agent'], update: ['manager', 'lead', 'agent'] },
})

export const position = record('position', {
  about: 'A post in the organisation, filled or vacant.',
  number: 'POS',
  place: 'people',
  icon: 'badge',
  fields: {
    name: text({ label: 'Title', confidentiality: 'C0' }),
    unit: optional(ref('unit')),
    description: optional(longText({ help: 'What is expected of whoever holds it.' })),
    reportsTo: optional(ref('position')),
    status: choice(
      [
        { value: 'filled', label: 'Filled', tone: 'good' },
        { value: 'vacant', label: 'Vacant', tone: 'warn' },
        { value: 'closed', label: 'Closed', tone: 'none' },
      ],
      { default: 'vacant', help: 'Filled while somebody has it as their position.' },
    ),
  },
  list: ['name', 'unit', 'status', 'reportsTo'],
  tree: ['reportsTo'],
  sort: 'name',
  emptyText: 'Positions say what is expected of whom, also while nobody holds them.',
  scope: { unit: ['unit'] },
  can: { read: ['everyone'], create: ['manager'], update: ['manager'] },
})

export const absence = record('absence', {
  about: 'Days on which a person is away, and who acts for them. It says that, never why.',
  number: 'ABS',
  place: 'people',
  icon: 'plane',
  title: 'person',
  fields: {
    person: person(),
    firstDay: day(),
    lastDay: day(),
    deputy: optional(person({ help: 'Who acts for this person meanwhile.' })),
    note: optional(text({ help: 'For colleagues; no reasons of health.' })),
  },
  list: ['person', 'firstDay', 'lastDay', 'deputy', 'note'],
  sort: '-firstDay',
  spans: [['firstDay', 'lastDay']],
  dated: { from: 'firstDay', to: 'lastDay', who: 'person' },
  indexes: [{ on: ['person'] }, { on: ['lastDay'] }],
  views: [{ name: 'now', label: 'Away now', query: 'filter=firstDay<=today lastDay>=today&sort=lastDay' }],
  retention: { from: ['lastDay'] },
  personalTo: 'person',
  emptyText: 'Who is away when, and who acts for them. Assignments warn of it.',
  scope: { unit: ['person.unit'], own: ['person', 'deputy'] },
  can: {
    read: [...STAFF, 'officer', 'auditor', 'field:person', 'field:deputy'],
    create: ['everyone'],
    update: ['manager', 'lead', 'field:person'],
  },
})
