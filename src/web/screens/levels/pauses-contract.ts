// A pause as the server keeps it (a filter text and a reason), and as a form shows it (conditions of field and values).
import { fieldOf } from '../../data/model.ts'
import type { FieldInfo, Option, RecordInfo } from '../../data/contract.ts'
import { messages } from '../../messages/messages.ts'

const words = messages.pauses

export interface Pause {
  when: string
  reason: string
}
export interface Term {
  field: string
  values: string[]
}

export function pausesIn(value: unknown): Pause[] {
  // The server checks the shape of every pause before it keeps it.
  return Array.isArray(value) ? (value as Pause[]) : []
}

/** The fields whose values can pause a clock. */
export function pauseFields(record: RecordInfo): FieldInfo[] {
  return record.fields.filter((field) => field.kind === 'states' || field.kind === 'choice' || field.kind === 'boolean')
}
export function optionsOf(record: RecordInfo, field: FieldInfo): readonly Option[] {
  if (field.kind === 'boolean')
    return [
      { value: 'true', label: messages.values.yes },
      { value: 'false', label: messages.values.no },
    ]
  if (record.workflow?.field === field.name)
    return record.workflow.states.map(({ name, label }) => ({ value: name, label }))
  return field.options ?? []
}

/** The conditions of a filter text; null when it says more than a form can show. */
export function termsIn(text: string, record: RecordInfo): Term[] | null {
  const terms: Term[] = []
  for (const part of text.trim().split(/\s+/)) {
    const [, name = '', values = ''] = /^(\w+):([\w,-]+)$/.exec(part) ?? []
    const field = fieldOf(record, name)
    if (field === null || !pauseFields(record).includes(field)) return null
    terms.push({ field: name, values: values.split(',') })
  }
  return terms
}
export function textOf(terms: readonly Term[]): string {
  return terms.map(({ field, values }) => `${field}:${values.join(',')}`).join(' ')
}

/** "When status is Waiting, the clock stands still (Waiting for the requester)." */
export function pauseInWords(pause: Pause, record: RecordInfo): string {
  const terms = termsIn(pause.when, record)
  if (terms === null) return words.sentence(pause.when, pause.reason)
  const said = terms.map(({ field: name, values }) => {
    const field = fieldOf(record, name)
    const options = field ? optionsOf(record, field) : []
    const labels = values.map((value) => options.find((option) => option.value === value)?.label ?? value)
    return words.fieldIs(field?.label ?? name, labels.join(words.or))
  })
  return words.sentence(said.join(words.and), pause.reason)
}
