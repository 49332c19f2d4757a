/** Legal holds: what must not be removed while somebody asks for it, whatever the rules of retention say. */
import { day, longText, optional, person, stamped, states, text, instant } from '#kit/field.ts'
import { record } from '#kit/record.ts'
import { workflow } from '#kit/workflow.ts'

export const legalHold = record('legalHold', {
  about: 'What must not be removed or erased while a dispute, an inquiry or an authority needs it.',
  number: 'HOLD',
  plural: 'legalholds',
  label: 'Legal hold',
  labelPlural: 'Legal holds',
  icon: 'lock',
  fields: {
    name: text({ max: 120, help: 'What it is called in the files: "Dispute with the carrier 2026".' }),
    status: states([
      { value: 'active', label: 'In force', tone: 'hold' },
      { value: 'released', label: 'Released', tone: 'none' },
    ]),
    reason: longText({ max: 5000, help: 'Why nothing of it may be removed.' }),
    orderedBy: text({ max: 200, label: 'Ordered by', help: 'Who asked for it: counsel, a court, the works council.' }),
    heldFrom: optional(day({ label: 'From', help: 'Today, when empty.' })),
    heldPerson: optional(
      person({ label: 'Everything about', help: 'The person, and every record that names them or that they wrote.' }),
    ),
    rows: optional(
      text({
        max: 4000,
        searchable: false,
        label: 'These records',
        help: 'Numbers, with spaces between: INC-1042 SVC-5.',
      }),
    ),
    record: optional(
      text({ max: 40, searchable: false, label: 'All of a kind', help: 'A kind of record, such as incident.' }),
    ),
    filter: optional(
      text({
        max: 2000,
        searchable: false,
        label: 'Of that kind only',
        help: 'A filter as in its list, such as service:SVC-5 openedAt>=2026-01-01. What it once found stays held.',
      }),
    ),
    releasedAt: stamped(instant({ label: 'Released' })),
    releaseReason: optional(longText({ max: 5000, label: 'Why it was released' })),
  },
  list: ['name', 'status', 'orderedBy', 'heldFrom', 'heldPerson', 'rows', 'record', 'filter', 'releasedAt'],
  sections: [
    { label: 'Why', fields: ['name', 'reason', 'orderedBy', 'heldFrom'] },
    { label: 'What', fields: ['heldPerson', 'rows', 'record', 'filter'] },
  ],
  sort: '-id',
  retention: 'never',
  views: [{ name: 'active', label: 'In force', query: 'filter=status:active&sort=-id' }],
  emptyText:
    'While a hold is in force, nothing that it covers is removed, emptied from the bin or erased. Place one as soon as somebody asks for evidence.',
  can: { read: ['manager', 'auditor'], create: ['manager'], update: ['manager'], bin: ['administrator'] },
})
export const legalHoldFlow = workflow(
  legalHold,
  'status',
  {
    active: {
      release: {
        to: 'released',
        by: ['manager'],
        needs: ['releaseReason'],
        stamps: ({ now }) => ({ releasedAt: now }),
      },
    },
  },
  { ends: ['released'] },
)
