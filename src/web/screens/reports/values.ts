// The values of a report as words, in the person's locale.
import {
  dayText,
  durationText,
  instantText,
  moneyText,
  monthText,
  numberText,
  shareText,
  signedText,
} from '../../fields/format.ts'
import { reportWords } from '../../messages/reports.ts'
import type { Cell, Column, Figure, Name, TablePart } from './contract.ts'

const words = reportWords.page

export function nameText({ text, kind }: Name): string {
  if (kind === 'month') return monthText(text)
  if (kind === 'quarter') return words.quarter(Math.ceil(Number(text.slice(5, 7)) / 3), text.slice(0, 4))
  if (kind === 'year') return text.slice(0, 4)
  return kind === 'day' || kind === 'week' ? dayText(text) : text
}
export function measuredText(value: number | null, unit: string): string {
  if (value === null) return words.noValue
  if (unit === 'share') return shareText(value)
  if (unit === 'minutes') return durationText(value)
  if (unit.startsWith('money:')) return moneyText({ minor: value, currency: unit.slice('money:'.length) })
  return unit === 'count' || unit === '' ? numberText(value) : numberText(value, unit)
}
/** "Sum of Yearly cost: €1,200.00 + $300.00": currencies are never added up. */
export function sumTexts({ columns, sums = [] }: TablePart): string[] {
  return sums.map(({ column, amounts }) =>
    words.sum(columns.find(({ name }) => name === column)?.label ?? column, amounts.map(moneyText).join(' + ')),
  )
}
export function changeText({ before, change, unit }: Figure): string {
  if (before === null) return ''
  const was = measuredText(before, unit)
  if (change === null) return words.before(was)
  const by = signedText(change)
  return unit === 'share' ? words.points(by, was) : words.change(by, was)
}
export function toneOf({ better, change, value, before }: Figure): 'good' | 'bad' | 'none' {
  const by = change ?? (value ?? 0) - (before ?? 0)
  if (better === 'neither' || before === null || by === 0) return 'none'
  return by > 0 === (better === 'higher') ? 'good' : 'bad'
}
export function cellText(column: Column | undefined, cell: Cell): string {
  if (cell === null) return ''
  if (Array.isArray(cell)) return cell.map((one) => (typeof one === 'string' ? one : one.title)).join(', ')
  if (typeof cell === 'boolean') return cell ? words.yes : words.no
  if (typeof cell === 'number') return column?.kind === 'duration' ? durationText(cell) : numberText(cell)
  if (typeof cell === 'string') return plainText(column, cell)
  return 'title' in cell ? cell.title : moneyText(cell)
}
function plainText(column: Column | undefined, cell: string): string {
  if (column?.kind === 'day') return dayText(cell)
  if (column?.kind === 'instant') return instantText(cell)
  return column?.options.find(({ value }) => value === cell)?.label ?? cell
}
