/** Services with owners and dependencies, categories and canned replies. */
import type { Ref } from '#kit/field.ts'
import { cannedReply, category } from '#desk'
import { dependency, service } from '#services'
import type { Book } from './book.ts'
import type { Cast } from './cast.ts'
import type { Family, ServicePlan } from './service-plan.ts'
import { SERVICES } from './service-plan.ts'
import type { TeamName } from './team-plan.ts'
import type { Step } from './story.ts'

export interface Offered {
  readonly plan: ServicePlan
  readonly ref: Ref
}
export interface Offer {
  readonly services: ReadonlyMap<string, Offered>
  readonly categories: ReadonlyMap<Family, Ref>
}

/** Hours of services come from the calendars, so these are made before. */
export function makeCatalogue(
  book: Book,
  cast: Cast,
  calendars: { readonly plant: Ref; readonly office: Ref },
  step: Step,
): Offer {
  const services = new Map<string, Offered>()
  for (const plan of SERVICES)
    services.set(plan.name, { plan, ref: makeService(book, cast, plan, { calendars, step }) })
  for (const plan of SERVICES) for (const need of plan.needs) makeDependency(book, services, plan, { need, step })
  const categories = makeCategories(book, cast, step)
  for (const [name, body, teamName] of REPLIES)
    book.begin(
      cannedReply,
      { name, body, team: teamName === null ? null : (cast.crews.get(teamName)?.ref ?? null) },
      step,
    )
  return { services, categories }
}

function makeService(
  book: Book,
  cast: Cast,
  plan: ServicePlan,
  { calendars, step }: { calendars: { readonly plant: Ref; readonly office: Ref }; step: Step },
): Ref {
  const crew = cast.crews.get(plan.team)
  const story = book.begin(
    service,
    {
      name: plan.name,
      kind: plan.kind,
      criticality: plan.criticality,
      about: plan.about,
      owner: (crew?.lead ?? cast.manager).ref,
      team: crew?.ref ?? null,
      calendar: plan.hours === 'plant' ? calendars.plant : calendars.office,
    },
    step,
  )
  story.move('launch', {}, { ...step, at: step.at + 3_600_000 })
  return story.ref
}
function makeDependency(
  book: Book,
  services: ReadonlyMap<string, Offered>,
  plan: ServicePlan,
  { need, step }: { need: string; step: Step },
): void {
  const [, group, minimum, grouped] = /^(.+):(\d+)=(.+)$/.exec(need) ?? []
  const name = grouped ?? need
  const from = services.get(plan.name)
  const to = services.get(name)
  if (from === undefined || to === undefined) throw new Error(`The service plan names "${name}", which is not in it.`)
  book.begin(
    dependency,
    { service: from.ref, needs: to.ref, group: group ?? null, minimum: minimum === undefined ? null : Number(minimum) },
    step,
  )
}

const CATEGORIES: Readonly<Record<string, readonly (readonly [Family, string, TeamName])[]>> = {
  'Business applications': [
    ['erp', 'ERP', 'ERP'],
    ['edi', 'EDI and interfaces', 'ERP'],
    ['crm', 'Customer relations', 'Applications'],
    ['payroll', 'Payroll and time', 'Applications'],
    ['reports', 'Reports', 'Applications'],
    ['cad', 'CAD and PLM', 'Applications'],
    ['intranet', 'Intranet', 'Applications'],
  ],
  'Shop floor': [
    ['mes', 'MES and terminals', 'Plant IT'],
    ['warehouse', 'Warehouse and scanners', 'Plant IT'],
    ['label', 'Labels', 'Plant IT'],
    ['lab', 'Laboratory', 'Applications'],
  ],
  Workplace: [
    ['laptop', 'Computers', 'Workplace'],
    ['print', 'Printers', 'Workplace'],
    ['mobile', 'Phones and tablets', 'Workplace'],
    ['meeting', 'Meeting rooms', 'Workplace'],
    ['files', 'Files and folders', 'Workplace'],
  ],
  Communication: [
    ['mail', 'E-mail and calendar', 'Applications'],
    ['telephony', 'Telephony', 'Network'],
  ],
  Network: [
    ['wifi', 'Wi-Fi', 'Network'],
    ['remote', 'Remote access', 'Network'],
    ['network', 'Lines and switches', 'Network'],
  ],
  'Accounts and security': [
    ['account', 'Accounts and passwords', 'Service desk'],
    ['security', 'Security', 'Security'],
  ],
  Servers: [['server', 'Servers and storage', 'Applications']],
}
function makeCategories(book: Book, cast: Cast, step: Step): Map<Family, Ref> {
  const made = new Map<Family, Ref>()
  for (const [name, below] of Object.entries(CATEGORIES)) {
    const parent = book.begin(category, { name }, step).ref
    for (const [family, label, crew] of below)
      made.set(family, book.begin(category, { name: label, parent, team: cast.crews.get(crew)?.ref ?? null }, step).ref)
  }
  return made
}

const REPLIES: readonly (readonly [name: string, body: string, team: TeamName | null])[] = [
  [
    'We have it',
    'Hello {{requester}},\n\nthank you for telling us. {{number}} is with us and we come back to you within the time of your service level.\n\nKind regards\n{{me}}',
    null,
  ],
  [
    'Please restart and try again',
    'Hello {{requester}},\n\nplease restart your computer once (not only shut the lid), sign in and try again. If it still happens, answer with the time and a picture of the message.\n\n{{me}}',
    'Service desk',
  ],
  [
    'Password: how to set a new one',
    'Hello {{requester}},\n\nopen **Password** on the intranet, confirm with your second factor and choose a new one of at least twelve characters. Phones and tablets ask for it again within minutes.\n\n{{me}}',
    'Service desk',
  ],
  [
    'We need more from you',
    'Hello {{requester}},\n\nto go on with {{number}} we need: what you did, what you expected, the exact message, and since when. Until your answer the clock of this incident stands still.\n\n{{me}}',
    null,
  ],
  [
    'With the supplier',
    'Hello {{requester}},\n\nwe have handed {{number}} to the supplier and follow it daily. You hear from us at the latest in two working days.\n\n{{me}}',
    null,
  ],
  [
    'Is it solved?',
    'Hello {{requester}},\n\nwe believe that "{{subject}}" is solved. If it is not, answer within two weeks and we open it again.\n\n{{me}}',
    null,
  ],
  [
    'Printer: reinstall the queue',
    'Hello {{requester}},\n\nremove the printer, open **Printers** on the intranet and add it again with one click; the new driver comes along.\n\n{{me}}',
    'Workplace',
  ],
  [
    'Suspicious mail: thank you',
    'Hello {{requester}},\n\nthank you for reporting it and for not opening it. We have blocked the sender and removed the mail from other mailboxes.\n\n{{me}}',
    'Security',
  ],
]
