// Rows that somebody else changed just now: each says so for a while from its last change on.
import { useCallback, useEffect, useMemo, useState } from 'react'
import type { Row } from '../data/contract.ts'

/** How long a row says who changed it. */
export const saidMs = 15_000

/** By row: who changed it, and until when (milliseconds) that is said. */
export type Touched = ReadonlyMap<number, { readonly name: string; readonly until: number }>

export function touchedBy(before: Touched, rows: readonly Row[], now: number): Touched {
  const fresh = rows.map((row) => [row.id, { name: row.updatedBy?.title ?? '', until: now + saidMs }] as const)
  return new Map([...before, ...fresh])
}
export function stillSaid(touched: Touched, now: number): Touched {
  return new Map([...touched].filter(([, { until }]) => until > now))
}

interface Touching {
  /** Names by row. */
  touched: ReadonlyMap<number, string>
  touch: (rows: readonly Row[]) => void
  forget: () => void
}

export function useTouched(): Touching {
  const [all, setAll] = useState<Touched>(new Map())
  useEffect(() => {
    if (all.size === 0) return
    const first = Math.min(...[...all.values()].map(({ until }) => until))
    const timer = setTimeout(() => setAll((known) => stillSaid(known, Date.now())), Math.max(0, first - Date.now()))
    return () => clearTimeout(timer)
  }, [all])
  const touched = useMemo(() => new Map([...all].map(([id, { name }]) => [id, name])), [all])
  const touch = useCallback((rows: readonly Row[]) => setAll((known) => touchedBy(known, rows, Date.now())), [])
  const forget = useCallback(() => setAll(new Map()), [])
  return { touched, touch, forget }
}
