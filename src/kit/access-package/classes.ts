/** What of a row a person is given about themselves, and what is withheld with which reason. */
import { said, toSay } from '#engines/say.ts'
import { classOf, isWithin } from '#kit/clearance.ts'
import type { AddedFields } from '#kit/added.ts'
import { namedValue } from '#kit/retention/naming.ts'
import type { Confidentiality } from '#kit/field.ts'
import type { AnyRow, RecordType } from '#kit/record.ts'
import { relationsIn } from '#kit/access.ts'
import { idIn } from '#kit/write.ts'

/** Up to here a person reads what is about themselves. */
const OPEN: Confidentiality = 'C2'
const REASONS: Readonly<Record<Confidentiality, string>> = {
  C0: '',
  C1: '',
  C2: '',
  C3: toSay('For its author alone (C3). Whoever wrote it decides.'),
  C4: toSay('Of a review panel (C4). The panel decides what is given out.'),
  C5: toSay('A case with named readers (C5). Who leads the case decides.'),
  C6: toSay('About health (C6). It is given out by whoever keeps it, not by administrators.'),
}
const OTHERS = toSay(
  'Names the person as somebody who works on it; what it says belongs to others. Look at it by hand.',
)
const INTERNAL = toSay('An internal note of the staff. Look at it by hand before it is given out.')

export function isOpen(of: { readonly confidentiality?: Confidentiality }): boolean {
  return isWithin(classOf(of), OPEN)
}
/** Why this row is not given out whole, or null. */
export function withheldBecause(record: RecordType, row: AnyRow, person: number): string | null {
  const isAuthor = row.createdBy?.id === person
  const rowClass = classOf(record)
  if (!isWithin(rowClass, OPEN) && !(rowClass === 'C3' && isAuthor)) return said(REASONS[rowClass])
  if (isAuthor) return null
  if (isInternal(record, row)) return said(INTERNAL)
  return isAbout(record, row, person) ? null : said(OTHERS)
}
/** Fields of a row that is given out which are too secret for it: name → reason. */
export function withheldFields(
  { record, added }: { readonly record: RecordType; readonly added: AddedFields },
  row: AnyRow,
  person: number,
): Map<string, string> {
  const isAuthor = row.createdBy?.id === person
  const all = [...Object.entries(record.fields), ...Object.entries(added).map(([name, field]) => [`custom.${name}`, field] as const)] // oxfmt-ignore
  return new Map(
    all.flatMap(([name, field]) => {
      const asked = classOf(field)
      const isGiven = isOpen(field) || isWithin(asked, classOf(record)) || (asked === 'C3' && isAuthor)
      const value = namedValue(row, name)
      return isGiven || value === null || value === undefined ? [] : [[name, said(REASONS[asked])] as const]
    }),
  )
}
/** The person's own row, one that is about them alone, or one that they may read because it names them. */
function isAbout(record: RecordType, row: AnyRow, person: number): boolean {
  if (record.name === 'person') return row.id === person
  const open = [...relationsIn(record.can.read), ...(record.personalTo === undefined ? [] : [record.personalTo])]
  return open.some((name) => {
    const value = row[name]
    return Array.isArray(value) ? value.some((one) => idIn(one) === person) : idIn(value) === person
  })
}
function isInternal(record: RecordType, row: AnyRow): boolean {
  const { scope } = record
  const only = scope === undefined || scope === 'shared' ? undefined : scope.staffOnly
  return typeof only === 'string' && row[only] === true
}
