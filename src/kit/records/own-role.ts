/** Roles that an organisation makes for itself, granted like the built-in ones. */
import { z } from 'zod'
import { say } from '#engines/say.ts'
import { choice, json, optional, text } from '#kit/field.ts'
import { record } from '#kit/record.ts'
import type { Rights } from '#kit/actor.ts'

const CLASS_NAMES = {
  C0: 'C0 directory',
  C1: 'C1 team',
  C2: 'C2 person and line manager',
  C3: 'C3 author only',
  C4: 'C4 review panel',
} as const
export const DEEDS = ['read', 'create', 'update', 'bin'] as const

export const ownRole = record('ownRole', {
  about: 'A role of your own: what it may do with which records, up to which class.',
  number: 'ROLE',
  plural: 'roles',
  label: 'Role',
  labelPlural: 'Roles',
  icon: 'badge',
  fields: {
    name: text({ max: 60 }),
    about: optional(text({ label: 'For whom', max: 500 })),
    rights: json<Rights>(rightsProblem, {
      structure: z.record(z.string(), z.array(z.enum(DEEDS)).readonly()).readonly(),
      label: 'May do',
      help: 'What it allows by record, such as {"incident":["read","update"]}: read, create, update, bin.',
    }),
    ceiling: choice(
      Object.entries(CLASS_NAMES).map(([value, label]) => ({ value, label })),
      { label: 'Reads up to', default: 'C1', help: 'The highest class of confidentiality that it reads.' },
    ),
    widest: choice(
      [
        { value: 'organisation', label: 'The whole organisation' },
        { value: 'unit', label: 'A unit and what is below it' },
        { value: 'team', label: 'A team' },
        { value: 'own', label: 'Only what is their own' },
      ],
      { label: 'Granted for at most', default: 'organisation' },
    ),
  },
  list: ['name', 'about', 'ceiling', 'widest'],
  sort: 'name',
  unique: [['name']],
  emptyText: 'The built-in roles serve most. Make one of your own when somebody should do a part of what they allow.',
  can: { read: ['manager', 'auditor'], create: ['administrator'], update: ['administrator'] },
})
function rightsProblem(value: unknown): string | null {
  const isFit =
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every(
      (deeds) => Array.isArray(deeds) && deeds.length <= 4 && deeds.every((deed) => DEEDS.some((one) => one === deed)),
    )
  return isFit
    ? null
    : say`Name records with what may be done: {"incident":["read","update"]}. Known are read, create, update and bin.`
}
