/** Notices: what somebody should know now, with the reason. Rules and clocks write them; the person marks them read. */
import { any, instant, longText, optional, person, stamped, text } from '#kit/field.ts'
import { record } from '#kit/record.ts'

export const notice = record('notice', {
  about: 'Something that a person should know now, and why.',
  number: 'NOTE',
  title: 'subject',
  fields: {
    person: stamped(person({ label: 'For' })),
    subject: stamped(text({ searchable: false })),
    on: stamped(any({ label: 'About' })),
    because: stamped(longText({ max: 4000, searchable: false, help: 'Which rule sent it, with its figures.' })),
    readAt: optional(instant({ label: 'Read' })),
  },
  list: ['subject', 'on', 'readAt', 'createdAt'],
  retention: { keep: 'P90D' },
  personalTo: 'person',
  indexes: [{ on: ['person', 'readAt'] }, { on: ['on'] }],
  views: [{ name: 'unread', label: 'Unread', query: 'filter=person:me readAt:none&sort=-createdAt' }],
  emptyText: 'Nothing asks for you now.',
  can: { read: ['field:person'], create: [], update: ['field:person'], bin: ['field:person'] },
})
