/** One cell of a written sheet. Text is never a formula here, so it needs no guard. */
import { cellText } from './cell-text.ts'

const dayOne = Date.UTC(1899, 11, 30)
const longestText = 32_767
const cut = ' … [cut here: a cell holds no more; CSV and JSON lines carry all of it]'

/** Style numbers are those of `stylesXml`: 1 the header, 2 a day, 3 an instant. */
export function cellXml(value: unknown, kind: string): string {
  if (value === null || value === undefined || value === '') return '<c/>'
  if (typeof value === 'boolean') return `<c t="b"><v>${value ? 1 : 0}</v></c>`
  if (typeof value === 'number') return Number.isFinite(value) ? `<c><v>${value}</v></c>` : '<c/>'
  if ((kind === 'day' || kind === 'instant') && (typeof value === 'string' || value instanceof Date)) {
    const serial = serialOf(value)
    if (serial !== null) return `<c s="${kind === 'day' ? 2 : 3}"><v>${serial}</v></c>`
  }
  return textXml(cellText(value), 0)
}

export function textXml(text: string, style: number): string {
  const fitting = text.length > longestText ? text.slice(0, longestText - cut.length) + cut : text
  return `<c${style === 0 ? '' : ` s="${style}"`} t="inlineStr"><is><t xml:space="preserve">${escaped(fitting)}</t></is></c>`
}

/** XML text; what XML cannot hold is written `_x0007_` (ECMA-376 part 1, 22.9.2.19), so `_x0007_` itself is too. */
export function escaped(text: string): string {
  if (!/[&<>"_\u0000-\u001f\ufffe\uffff\ud800-\udfff]/.test(text)) return text
  return text
    .toWellFormed()
    .replace(/_(?=x[0-9a-fA-F]{4}_)/g, '_x005F_')
    .replace(
      /[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/g,
      (char) => `_x${char.charCodeAt(0).toString(16).padStart(4, '0')}_`,
    )
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

// Days before March 1900 and after 9999 have no number that all programs agree on; they are written as text.
function serialOf(value: string | Date): number | null {
  const time = value instanceof Date ? value.getTime() : Date.parse(value)
  const serial = (time - dayOne) / 86_400_000
  return serial >= 61 && serial < 2_958_466 ? Number(serial.toFixed(10)) : null
}
