// What a key does with the row of a list where the keyboard is: S offers its moves as a menu, P and A ask for values that no
// column shows, such as the impact and the urgency from which a priority follows. The row is read whole first: a list knows no moves.
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { FullRow, RecordInfo, Row } from '../data/contract.ts'
import { sentenceOf } from '../data/problem.ts'
import { queryClient, rowQuery } from '../data/queries.ts'
import { complain } from '../ui/toast.tsx'
import { RowFields } from './row-fields.tsx'
import { RowMoves } from './row-moves.tsx'

/** The moves, or the names of the fields that are asked for. */
export type Deed = 'moves' | readonly string[]

interface DeedProps {
  record: RecordInfo
  row: Row
  deed: Deed
  onDone: () => void
}
export interface RowDeedProps extends Omit<DeedProps, 'deed' | 'row'> {
  row: FullRow
}

export function RowDeed({ record, row, deed, onDone }: DeedProps) {
  // Read anew, because what was kept from before may be another state by now; and under a key of its own, so that nothing that
  // comes in meanwhile takes the form away from whoever types in it.
  const { data, error } = useQuery({
    queryKey: ['deed', record.plural, row.number],
    queryFn: () => queryClient.fetchQuery({ ...rowQuery(record.plural, row.number), staleTime: 0 }),
    staleTime: Infinity,
    gcTime: 0,
  })
  const hasFailed = error !== null && data === undefined
  useEffect(() => {
    if (!hasFailed) return
    complain(sentenceOf(error))
    onDone()
  }, [hasFailed, error, onDone])
  const live = useQuery({ ...rowQuery(record.plural, row.number), enabled: data !== undefined }).data
  if (!data) return null
  const now = live ?? data
  return deed === 'moves' ? (
    <RowMoves record={record} row={now} onDone={onDone} />
  ) : (
    <RowFields record={record} row={now} names={deed} onDone={onDone} />
  )
}
