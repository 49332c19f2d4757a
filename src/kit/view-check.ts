/** Whether a view can be shown: judged when it is saved, and again when a field that it names may have gone. */
import { said, say } from '#engines/say.ts'
import type { FilterContext } from './condition.ts'
import { conditions, filterField } from './condition.ts'
import { Refusal } from './problem.ts'
import type { RecordType } from './record.ts'
import { checkFields } from './rest.ts'
import { sortKeys } from './sort-keys.ts'

/** What is wrong with the part of an address after the question mark, or null. `context` says as whom it is looked at. */
export function viewProblem(context: FilterContext, record: RecordType, query: string): string | null {
  const asked = new URLSearchParams(query)
  // A column may say its width behind its name: subject:320.
  const columns = listed(asked.get('columns')).map((name) => name.replace(/:\d{1,5}$/, ''))
  const names = [...columns, ...listed(asked.get('fields'))]
  try {
    conditions(context, record, asked.get('filter') ?? '')
    sortKeys(context, record, asked.get('sort') || record.sort)
    checkFields(context, record, names)
  } catch (error) {
    if (error instanceof Refusal) return error.message
    throw error
  }
  const strange = listed(asked.get('group')).find((name) => filterField(context, record, name.replace(/:.*/, '')) === null) // oxfmt-ignore
  return strange === undefined ? null : say`${said(record.label)} has no field "${strange}" to group by.`
}
function listed(text: string | null): string[] {
  return (text ?? '').split(',').map((name) => name.trim()).filter((name) => name !== '') // oxfmt-ignore
}
