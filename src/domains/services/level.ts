/** When we work and what we promise: calendars, agreements and their targets. */
import { attachment, boolean, choice, json, longText, number, optional, ref, refs, text, url } from '#kit/field.ts'
import { record } from '#kit/record.ts'
import { DEFINITION, definitionProblem, ESCALATIONS, escalationsProblem } from './level-checks.ts'
import { FRACTIONS, fractionsProblem, PAUSES, pausesProblem } from './level-checks.ts'
import type { Definition, Escalation, Pause } from './level-checks.ts'

export const calendar = record('calendar', {
  about: 'When work happens: zone, weekly hours, breaks, dated shifts and holidays.',
  number: 'CAL',
  place: 'desk',
  icon: 'calendar',
  fields: {
    name: text(),
    timeZone: text({ max: 60, searchable: false, help: 'Such as Europe/Berlin.' }),
    definition: json<Definition>(definitionProblem, {
      structure: DEFINITION,
      label: 'Hours',
      help: 'Weekly hours, dated shifts, breaks and own holidays.',
    }),
    holidayCountry: optional(
      text({ max: 2, searchable: false, label: 'Public holidays of', help: 'Country in two letters, such as DE.' }),
    ),
    holidayRegion: optional(
      text({ max: 10, searchable: false, label: 'Region', help: 'State or region, such as BY.' }),
    ),
    feed: optional(url({ label: 'iCal feed of further holidays' })),
  },
  list: ['name', 'timeZone', 'holidayCountry', 'holidayRegion'],
  sort: 'name',
  unique: [['name']],
  emptyText: 'Working hours are the measure of every promise. Begin with your normal week.',
  scope: 'shared',
  can: { read: ['everyone'], create: ['manager', 'lead'], update: ['manager', 'lead'] },
})

export const agreement = record('agreement', {
  about: 'What is promised for some services to some people, by us, between teams or by a supplier.',
  number: 'SLA',
  label: 'Service level',
  labelPlural: 'Service levels',
  place: 'desk',
  icon: 'handshake',
  fields: {
    name: text(),
    kind: choice(
      [
        { value: 'customer', label: 'To the business' },
        { value: 'team', label: 'Between teams' },
        { value: 'supplier', label: 'From a supplier' },
      ],
      { default: 'customer' },
    ),
    calendar: optional(
      ref('calendar', { help: 'When the time counts; empty: the hours of the team, or of the service concerned.' }),
    ),
    services: refs('service', { help: 'Empty: every service.' }),
    units: refs('unit', { label: 'Requester groups', help: 'Units with everything below them; empty: everybody.' }),
    team: optional(ref('team', { help: 'For an agreement between teams: whose part it is.' })),
    supplier: optional(text({ help: 'For a supplier: who has promised it.' })),
    rank: number({ default: 100, help: 'Where several apply, the lowest rank holds.' }),
    pauses: json<Pause[]>(pausesProblem, {
      structure: PAUSES,
      default: [{ when: 'status:waiting', reason: 'Waiting' }],
      help: 'When the clock stands still, and why.',
    }),
    active: boolean({ default: true }),
    contract: optional(
      attachment({
        label: 'Signed document',
        help: 'The agreement as it was signed: a PDF, or a picture of the paper.',
        accept: ['application/pdf', 'image/*'],
      }),
    ),
    note: optional(longText()),
  },
  list: ['name', 'kind', 'calendar', 'services', 'units', 'rank', 'active'],
  sort: 'rank',
  unique: [['name']],
  neededWhen: { team: ['kind', 'team'], supplier: ['kind', 'supplier'] },
  emptyText:
    'A service level says how fast we answer and restore. Its clocks then explain themselves on every incident.',
  scope: 'shared',
  can: { read: ['manager', 'lead', 'agent', 'officer', 'auditor'], create: ['manager'], update: ['manager'] },
})

export const target = record('target', {
  about: 'One promise of a service level: a clock, a priority and a time.',
  number: 'TGT',
  title: 'clock',
  fields: {
    agreement: ref('agreement', { label: 'Service level' }),
    clock: text({
      max: 40,
      searchable: false,
      help: 'firstResponse, resolution, assignment, or another clock of the record.',
    }),
    priority: optional(
      choice(['P1', 'P2', 'P3', 'P4'], { help: 'Empty: every priority without a target of its own.' }),
    ),
    workingMinutes: optional(number({ min: 1, max: 10_000_000, unit: 'minutes' })),
    workingDays: optional(number({ min: 1, max: 3660, unit: 'days', help: 'In place of minutes.' })),
    endOfDay: boolean({ help: 'With days: due when the last day closes.' }),
    warnAt: json<number[]>(fractionsProblem, {
      structure: FRACTIONS,
      default: [0.5, 0.8],
      label: 'Warn at',
      help: 'Fractions of the time, such as [0.5, 0.8].',
    }),
    escalations: json<Escalation[]>(escalationsProblem, {
      structure: ESCALATIONS,
      default: [],
      help: 'What happens at which fraction; 1 is the breach.',
    }),
  },
  list: ['agreement', 'clock', 'priority', 'workingMinutes', 'workingDays', 'endOfDay'],
  partOf: 'agreement',
  sort: 'agreement',
  indexes: [{ on: ['agreement'] }],
  unique: [['agreement', 'clock', 'priority']],
  emptyText: 'Targets hold the times of a service level, one per clock and priority.',
  scope: 'shared',
  can: { read: ['manager', 'lead', 'agent', 'officer', 'auditor'], create: ['manager'], update: ['manager'] },
})
