// What is selected in a list: rows one by one, or all that match the view, said explicitly.
import { useCallback, useEffect, useMemo, useState } from 'react'
import type { Rows } from './rows.ts'

export interface Selection {
  ids: ReadonlySet<number>
  /** All rows that match, also those not loaded. */
  all: boolean
  count: number
  set: (ids: number[], on: boolean) => void
  selectAll: () => void
  clear: () => void
}

/** `view` identifies what is listed: another filter starts with nothing selected. */
export function useSelection(rows: Rows, view: string): Selection {
  const [ids, setIds] = useState<ReadonlySet<number>>(new Set())
  const [all, setAll] = useState(false)
  const clear = useCallback(() => {
    setIds(new Set())
    setAll(false)
  }, [])
  useEffect(clear, [view, clear])
  const set = useCallback((changed: number[], on: boolean) => {
    setAll(false)
    setIds((before) => {
      const next = new Set(before)
      for (const id of changed)
        if (on) next.add(id)
        else next.delete(id)
      return next
    })
  }, [])
  const loaded = rows.head
  const selectAll = useCallback(() => {
    setIds(new Set(loaded.map((row) => row.id)))
    setAll(true)
  }, [loaded])
  const count = all ? (rows.total?.count ?? ids.size) : ids.size
  return useMemo(() => ({ ids, all, count, set, selectAll, clear }), [ids, all, count, set, selectAll, clear])
}
