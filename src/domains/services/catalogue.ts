/** What we run and for whom: the catalogue of services and what each of them needs. */
import { choice, longText, number, optional, person, ref, states, text, url } from '#kit/field.ts'
import { record } from '#kit/record.ts'
import { workflow } from '#kit/workflow.ts'

export const service = record('service', {
  about: 'Something that people or other services rely on.',
  number: 'SVC',
  place: 'estate',
  icon: 'service',
  fields: {
    name: text({
      confidentiality: 'C0',
      aliases: ['service', 'business service', 'configuration item', 'application'],
    }),
    kind: choice(
      [
        { value: 'business', label: 'Business service' },
        { value: 'application', label: 'Application' },
        { value: 'technical', label: 'Technical service' },
        { value: 'component', label: 'Component' },
      ],
      'Business services are what people ask for; the others carry them.',
    ),
    status: states([
      { value: 'planned', label: 'Planned', tone: 'info' },
      { value: 'live', label: 'Live', tone: 'good' },
      { value: 'retired', label: 'Retired', tone: 'none' },
    ]),
    criticality: choice(
      [
        { value: 'low', label: 'Low' },
        { value: 'medium', label: 'Medium' },
        { value: 'high', label: 'High', tone: 'warn' },
        { value: 'critical', label: 'Critical', tone: 'bad' },
      ],
      { default: 'medium', help: 'What its loss would mean.' },
    ),
    about: optional(longText({ label: 'What it does' })),
    owner: optional(person({ current: true, help: 'Who answers for it.' })),
    team: optional(ref('team', { help: 'Who restores it.' })),
    calendar: optional(
      ref('calendar', { label: 'Service hours', help: 'Service levels that name no calendar count by it.' }),
    ),
    page: optional(url({ label: 'Web address' })),
  },
  list: ['name', 'kind', 'status', 'criticality', 'owner', 'team'],
  sort: 'name',
  tallies: [['status']],
  unique: [['name']],
  indexes: [{ on: ['name'] }, { on: ['team'] }, { on: ['calendar'], filled: true }],
  views: [
    { name: 'business', label: 'Business services', query: 'filter=kind:business status:live&sort=name' },
    { name: 'critical', label: 'Critical', query: 'filter=criticality:critical,high status:live&sort=name' },
  ],
  emptyText: 'Services are what people rely on. With what each one needs, an incident shows whom it hurts.',
  scope: { team: ['team'], unit: ['owner.unit'], own: ['owner'] },
  can: { read: ['everyone'], create: ['manager', 'lead'], update: ['manager', 'lead', 'field:owner'] },
})
export const serviceFlow = workflow(
  service,
  'status',
  {
    planned: {
      launch: { to: 'live', by: ['manager', 'lead'], needs: ['owner'] },
      drop: { to: 'retired', by: ['manager', 'lead'] },
    },
    live: { retire: { to: 'retired', by: ['manager', 'lead'] } },
    retired: { revive: { to: 'live', by: ['manager', 'lead'] } },
  },
  { ends: ['retired'] },
)

export const dependency = record('dependency', {
  about: 'One service needs another. With a group, some of its members are enough.',
  number: 'DEP',
  plural: 'dependencies',
  labelPlural: 'Dependencies',
  title: 'service',
  fields: {
    service: ref('service', { help: 'What needs something.' }),
    needs: ref('service', { help: 'What it needs.' }),
    group: optional(
      text({
        max: 60,
        searchable: false,
        help: 'Members of one group stand in for each other, such as "database nodes".',
        aliases: ['redundancy'],
      }),
    ),
    minimum: optional(number({ min: 1, max: 100, help: 'How many of the group must work; 1 when empty.' })),
    note: optional(text()),
  },
  list: ['service', 'needs', 'group', 'minimum', 'note'],
  partOf: 'service',
  unique: [['service', 'needs']],
  indexes: [{ on: ['needs'] }],
  emptyText: 'Say what each service needs; the map and the impact of incidents follow.',
  scope: 'shared',
  can: {
    read: ['manager', 'lead', 'agent', 'auditor', 'officer'],
    create: ['manager', 'lead'],
    update: ['manager', 'lead'],
  },
})
