// Every figure leads to the list behind it.
import { listAddress, recordNamed, useModel } from '../../data/model.ts'
import type { Behind } from './contract.ts'

/** The address of the list behind something; null where the person may not see such records. */
export function useBehind(): (list: Behind) => { to: string; search: { filter: string } } | null {
  const model = useModel()
  return ({ record, filter }) => {
    const kind = recordNamed(model, record)
    return kind && { to: listAddress(kind), search: { filter } }
  }
}
