/** A value of a record as the text of an exported cell. */
import { fractionDigits } from '#engines/money.ts'

/** A column of an export; `kind` is a field kind's name. */
export interface ExportColumn {
  name: string
  label: string
  kind: string
}

export type ExportRow = Readonly<Record<string, unknown>>

/** null → ''. A reference is its number, money "1234.56 EUR", a list its parts joined by "; ". */
export function cellText(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return String(value)
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return value.map(cellText).join('; ')
  return objectText(value)
}

function objectText(value: object): string {
  if ('minor' in value && 'currency' in value) return moneyText(Number(value.minor), String(value.currency))
  if ('number' in value && typeof value.number === 'string') return value.number
  if ('title' in value && typeof value.title === 'string') return value.title
  return JSON.stringify(value)
}

/** Minor units to a decimal with a point: 123456 EUR → "1234.56 EUR", 500 JPY → "500 JPY". */
export function moneyText(minor: number, currency: string): string {
  const digits = fractionDigits(currency)
  return `${(minor / 10 ** digits).toFixed(digits)} ${currency}`
}
