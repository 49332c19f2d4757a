// Which cell of a list the keyboard is in, and which is under edit.
import { useCallback, useEffect, useState } from 'react'
import type { FieldInfo, RecordInfo, Row } from '../data/contract.ts'

/** The list does not know who may change which row: where somebody may not, the server says so. */
export function isEditable(record: RecordInfo, row: Row, field: FieldInfo): boolean {
  return (
    record.can.update &&
    !row.binnedAt &&
    field.stamped !== true &&
    field.kind !== 'states' &&
    field.kind !== 'attachment' &&
    field.kind !== 'longText' &&
    field.kind !== 'json'
  )
}

export interface Cells {
  /** The column by name; null while the whole row is meant. */
  cell: string | null
  editing: { id: number; field: string } | null
  /** One column on (1) or back (-1); back from the first means the whole row again. */
  step: (by: number) => void
  /** Edits a cell of a row; a row of null ends the edit. */
  edit: (row: Row | null, field: string) => void
}

/** `view` identifies what is listed: another one begins without a cell. */
export function useCells(columns: readonly FieldInfo[], view: string): Cells {
  const [cell, setCell] = useState<string | null>(null)
  const [editing, setEditing] = useState<Cells['editing']>(null)
  useEffect(() => {
    setCell(null)
    setEditing(null)
  }, [view])
  const edit = useCallback((row: Row | null, field: string) => {
    setEditing(row && { id: row.id, field })
    if (row === null) setTimeout(() => document.getElementById('grid')?.focus({ preventScroll: true }))
  }, [])
  function step(by: number) {
    const at = Math.min(columns.length - 1, columns.findIndex((field) => field.name === cell) + by)
    setCell(at < 0 ? null : (columns[at]?.name ?? null))
  }
  return { cell, editing, step, edit }
}
