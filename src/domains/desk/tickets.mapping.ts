/** Texts of tickets with their topic, one a row: material for search and for "similar incidents". */
import type { ReadyMapping } from '#kit/import/mapping.ts'

export const ticketTexts: ReadyMapping = {
  name: 'ticket-texts',
  label: 'Ticket texts',
  record: 'incident',
  mapping: {
    key: null,
    missing: [],
    constants: { channel: 'import' },
    columns: {
      subject: { column: 'Document', cut: true },
      description: { column: 'Document' },
      category: { column: 'Topic_group', create: true },
    },
  },
}
