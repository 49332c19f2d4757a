/** Search by words: accents folded, any language, the last word also as a beginning. */
import type { AnyRow, RecordType } from './record.ts'

/** Letters and digits only, without accents, in lower case. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** 'Café print' → 'cafe & print:*'; null when nothing can be searched for. At most twelve words. */
export function wordsQuery(q: string): string | null {
  const words = fold(q)
    .split(' ')
    .filter((word) => word !== '')
    .slice(0, 12)
    .map((word) => word.slice(0, 60))
  const isTyping = !/[\s.,;!?]$/.test(q)
  return words.length === 0
    ? null
    : words
        .map((word, index) => (isTyping && index === words.length - 1 && word.length > 1 ? `${word}:*` : word))
        .join(' & ')
}

/** Everything of a row that its record declares searchable, folded, at most 200,000 characters. */
export function searchText(record: RecordType, row: Partial<AnyRow>): string {
  const parts = Object.entries(record.fields).flatMap(([name, field]) =>
    field.searchable === true && typeof row[name] === 'string' ? [row[name]] : [],
  )
  return fold([...parts, ...(row.tags ?? [])].join(' ')).slice(0, 200_000)
}
