/** Suggests which column of a file fills which field: by name, by the names other tools use, and by what the values look like. */
import { everyWording, said, say } from './say.ts'
import { fit } from './mapping-shape.ts'
import type { MappingField } from './mapping-shape.ts'
import { synonyms } from './mapping-synonyms.ts'

export type { MappingField } from './mapping-shape.ts'

export interface MappingColumn {
  name: string
  samples: readonly string[]
}

export interface Suggestion {
  column: string
  /** 0 to 1; from 0.5 on it is suggested at all. */
  confidence: number
  /** For the person who checks it. */
  because: string
}

interface Candidate extends Suggestion {
  field: string
  order: number
}

const least = 0.5

/** By field name; each column serves one field at most, the surest pairs are taken first. Fields without a column are left out. */
export function suggestMapping(
  columns: readonly MappingColumn[],
  fields: readonly MappingField[],
): Record<string, Suggestion> {
  const candidates = fields.flatMap((field, order) => columns.flatMap((column) => candidate(field, order, column)))
  candidates.sort((a, b) => b.confidence - a.confidence || a.order - b.order)
  const chosen: [string, Suggestion][] = []
  const doneFields = new Set<string>()
  const doneColumns = new Set<string>()
  for (const { field, column, confidence, because } of candidates) {
    if (doneFields.has(field) || doneColumns.has(column)) continue
    doneFields.add(field)
    doneColumns.add(column)
    chosen.push([field, { column, confidence, because }])
  }
  return Object.fromEntries(chosen)
}

/** Words in lower case without accents, camelCase and punctuation taken apart: "opened_at", "OpenedAt" → "opened at". */
export function normalised(name: string): string {
  return name
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/ß/g, 'ss')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

function candidate(field: MappingField, order: number, column: MappingColumn): Candidate[] {
  const byName = nameMatch(field, normalised(column.name), column.name)
  const share = fit(field, column.samples)
  const judged = byName ? withValues(byName, share, field) : valuesAlone(field, share)
  return judged && judged.confidence >= least ? [{ ...judged, field: field.name, column: column.name, order }] : []
}

type Match = Pick<Suggestion, 'confidence' | 'because'>

function nameMatch(field: MappingField, column: string, shown: string): Match | null {
  const name = normalised(field.name)
  if (column === name) return { confidence: 0.95, because: say`The column is named like the field.` }
  if (everyWording(field.label).some((label) => normalised(label) === column))
    return { confidence: 0.95, because: say`The column is named “${shown}”, as the field.` }
  if (field.aliases?.some((alias) => normalised(alias) === column))
    return { confidence: 0.92, because: say`“${shown}” is a known name of ${said(field.label)}.` }
  const place = (synonyms[name.replaceAll(' ', '')] ?? []).indexOf(column)
  if (place >= 0)
    return {
      confidence: Math.max(0.75, 0.9 - place * 0.01),
      because: say`Other tools call ${said(field.label)} “${shown}”.`,
    }
  const shared = sharedWords(column, `${name} ${normalised(field.label)}`)
  return shared >= 0.5
    ? { confidence: 0.4 + shared * 0.2, because: say`“${shown}” and ${said(field.label)} share words.` }
    : null
}

// Words that say nothing alone: "created by" and "resolved by" are not alike.
const empty = new Set([
  'at',
  'by',
  'on',
  'to',
  'of',
  'id',
  'date',
  'the',
  'sys',
  'u',
  'count',
  'code',
  'name',
  'number',
  'type',
])

function sharedWords(column: string, field: string): number {
  const words = column.split(' ').filter((word) => !empty.has(word))
  const fieldWords = new Set(field.split(' ').filter((word) => !empty.has(word)))
  if (words.length === 0 || fieldWords.size === 0) return 0
  return words.filter((word) => fieldWords.has(word)).length / Math.max(words.length, 1)
}

function withValues(match: Match, share: number | null, field: MappingField): Match {
  if (share === null) return match
  const percent = Math.round(share * 100)
  if (share >= 0.8)
    return {
      confidence: Math.min(1, match.confidence + 0.05),
      because: say`${match.because} ${percent} % of the samples fit.`,
    }
  // A choice with other words can be translated value by value; a date field full of words is the wrong column.
  const weight = field.options ? 0.1 : 0.5
  return {
    confidence: match.confidence - weight * (1 - share),
    because: say`${match.because} But only ${percent} % of the samples fit.`,
  }
}

// Values decide alone only where they are telling; one number or date column looks like the next.
function valuesAlone(field: MappingField, share: number | null): Match | null {
  if (share === null || share < 0.95) return null
  if (field.kind === 'email' || field.kind === 'ip' || field.kind === 'url')
    return { confidence: 0.6, because: say`Its values look like ${said(field.label)}.` }
  if (field.options && field.options.length >= 3)
    return { confidence: 0.65, because: say`Its values are the choices of ${said(field.label)}.` }
  return null
}
