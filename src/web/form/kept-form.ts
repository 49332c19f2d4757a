// What was typed in the form of a new record and not created: kept on the server, so that it is there again, also on another device.
import { useEffect, useRef, useState } from 'react'
import type { RecordInfo } from '../data/contract.ts'
import { fieldOf } from '../data/model.ts'
import type { Values } from '../record/save.ts'
import { dropUnsent, isUnsentLost, keepUnsent, leaveUnsent, useKeepsUnsent, useUnsent } from '../record/unsent.ts'

interface KeptForm {
  /** Whether what stands in the form is there again later: it is kept, and the server has taken it so far. */
  isSafe: () => boolean
  /** When what stands in the form was typed, in an earlier visit; null for nothing. */
  since: string | null
  note: (name: string, value: unknown) => void
  /** It was created, or is not wanted any more. */
  drop: () => void
}
interface Form {
  /** False for a form that an address has filled: what was typed elsewhere has nothing to do with it. */
  isNew: boolean
  /** Hands over, once, what was typed before; `isFirst` unless something was typed since the form was opened. */
  take: (values: Values, isFirst: boolean) => void
}

export function useKeptForm(record: RecordInfo, { isNew, take }: Form): KeptForm {
  const place = { on: `new:${record.name}`, part: 'form' }
  const isOn = useKeepsUnsent() && isNew
  const found = useUnsent({ number: place.on })?.find(({ part }) => part === place.part)
  const [since, setSince] = useState<string | null>(null)
  const typed = useRef<Values>({})
  const isTaken = useRef(false)
  const latest = useRef(take)
  latest.current = take
  useEffect(() => {
    if (found === undefined || !isOn || isTaken.current) return
    isTaken.current = true
    const isFirst = Object.keys(typed.current).length === 0
    // As `note` keeps it; a field may be gone since.
    const before = Object.entries(found.value as Values).filter(([name]) => fieldOf(record, name) !== null)
    typed.current = { ...Object.fromEntries(before), ...typed.current }
    latest.current(typed.current, isFirst)
    setSince(found.savedAt)
  }, [found, isOn, record])
  const { on, part } = place
  useEffect(() => () => leaveUnsent({ on, part }), [on, part])
  return {
    isSafe: () => isOn && !isUnsentLost(place),
    since,
    note(name, value) {
      typed.current = { ...typed.current, [name]: value }
      if (isOn) keepUnsent(place, typed.current, null)
    },
    drop() {
      typed.current = {}
      isTaken.current = true
      setSince(null)
      if (isOn) dropUnsent(place)
    },
  }
}
