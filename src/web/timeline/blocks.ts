// What holds up what among the rows of a timeline: the links of type "blocks" between them.
import { useQuery } from '@tanstack/react-query'
import type { Row } from '../data/contract.ts'
import { recordNamed, useModel } from '../data/model.ts'
import { someQuery } from '../data/queries.ts'
import { isRef } from '../fields/format.ts'

export interface Block {
  from: string
  to: string
}
/** Rows beyond these are not asked for: their lines would lie far below. */
const mostRows = 100

/** Pairs of numbers; empty until they are known, and where links may not be read. */
export function useBlocks(rows: readonly Row[]): Block[] {
  const link = recordNamed(useModel(), 'link')
  const numbers = rows.slice(0, mostRows).map((row) => row.number)
  const filter = `type:blocks on:${numbers.join(',')}`
  const links = useQuery({
    ...someQuery(link?.plural ?? '', { filter, limit: '200', fields: 'on,to', sort: 'id' }),
    enabled: link !== null && numbers.length > 0,
  })
  const shown = new Set(numbers)
  return (links.data?.items ?? []).flatMap((row) => {
    const [from, to] = [row['on'], row['to']]
    return isRef(from) && isRef(to) && shown.has(from.number) && shown.has(to.number)
      ? [{ from: from.number, to: to.number }]
      : []
  })
}
