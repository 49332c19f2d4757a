// A value of any kind as plain words: for titles, groups, cards and the history.
import type { FieldInfo, Option } from '../data/contract.ts'
import { messages } from '../messages/messages.ts'
import { dayText, durationText, instantShort, isFile, isMoney, isRef, moneyText, numberText } from './format.ts'

type Shape = Pick<FieldInfo, 'kind' | 'unit'> & { options?: readonly Option[] | null }

/** Empty text for an empty value. */
export function plainText(field: Shape, value: unknown): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.map((one) => plainText(field, one)).join(', ')
  if (typeof value === 'boolean') return value ? messages.values.yes : messages.values.no
  if (typeof value === 'number') return field.kind === 'duration' ? durationText(value) : numberText(value, field.unit)
  if (typeof value === 'object') return objectText(value)
  return wordsOf(field, String(value))
}

function objectText(value: object): string {
  if (isMoney(value)) return moneyText(value)
  if (isFile(value)) return value.title
  return isRef(value) ? value.title || value.number : JSON.stringify(value)
}

function wordsOf(field: Shape, text: string): string {
  if (field.kind === 'instant') return instantShort(text)
  if (field.kind === 'day') return dayText(text)
  return field.options?.find((option) => option.value === text)?.label ?? text
}
