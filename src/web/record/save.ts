// Saves changed fields of a record at the revision that the person saw; what somebody else changed meanwhile is merged field by field.
import { useState } from 'react'
import type { FullRow, RecordInfo, Row } from '../data/contract.ts'
import { bodyOf, fieldOf, valueOf } from '../data/model.ts'
import { same } from '../data/same.ts'
import { Problem } from '../data/problem.ts'
import { queryClient, rowQuery } from '../data/queries.ts'
import { write } from '../data/writes.ts'
import { isRef } from '../fields/format.ts'

export type Values = Record<string, unknown>

/** Both sides changed these fields: the person decides. */
export interface Conflict {
  mine: Values
  before: Row
  theirs: FullRow
  done: string
  resolve: (how: Saved) => void
}
/** Dismissed: asked which to keep, the person has not answered; nothing is saved, and what they typed is theirs still. */
export type Saved = 'saved' | 'dismissed'

export interface Saving {
  /** `seen` is the row as it was when the person began: what came in since must not be overwritten unasked. */
  save: (values: Values, done: string, seen: Row) => Promise<Saved>
  conflict: Conflict | null
  keep: (values: Values) => Promise<void>
  dismiss: () => void
}

export function useSave(record: RecordInfo, row: FullRow): Saving {
  const [conflict, setConflict] = useState<Conflict | null>(null)
  async function send(values: Values, rev: number | null, done: string): Promise<Saved> {
    const { body } = await write<Row>(
      record.plural,
      `/${record.plural}/${row.id}`,
      { method: 'PATCH', body: bodyOf(record, wire(values)), rev },
      done,
    )
    queryClient.setQueryData<FullRow>(rowQuery(record.plural, row.number).queryKey, (now) => now && { ...now, ...body })
    return 'saved'
  }
  async function save(values: Values, done: string, seen: Row): Promise<Saved> {
    try {
      return await send(values, seen.rev ?? null, done)
    } catch (error) {
      const theirs = currentIn(error)
      if (theirs === null) throw error
      if (clashes(record, values, seen, theirs).length === 0) return send(values, theirs.rev ?? null, done)
      return new Promise<Saved>((resolve) => setConflict({ mine: values, before: seen, theirs, done, resolve }))
    }
  }
  /** @throws Problem, also where the record has changed once more: then the question is asked about what it is now */
  async function keep(values: Values) {
    if (conflict === null) return
    if (Object.keys(values).length > 0)
      await send(values, conflict.theirs.rev ?? null, conflict.done).catch((error: unknown) => {
        const theirs = currentIn(error)
        if (theirs !== null) setConflict({ ...conflict, theirs })
        throw error
      })
    else void queryClient.invalidateQueries(rowQuery(record.plural, row.number))
    conflict.resolve('saved')
    setConflict(null)
  }
  function dismiss() {
    conflict?.resolve('dismissed')
    setConflict(null)
    void queryClient.invalidateQueries(rowQuery(record.plural, row.number))
  }
  return { save, conflict, keep, dismiss }
}

/** The contract: a 412 carries the record as it is now. Null for any other refusal. */
export function currentIn(error: unknown): FullRow | null {
  const isStale = error instanceof Problem && error.status === 412 && error.body.current
  return isStale ? (error.body.current as FullRow) : null
}

/** Names of the fields that both changed, differently. */
export function clashes(record: RecordInfo, mine: Values, before: Row, theirs: Row): string[] {
  return Object.keys(mine).filter((name) => {
    const field = fieldOf(record, name)
    if (field === null) return false
    const now = same(valueOf(theirs, field), mine[name])
    return !now && !same(valueOf(before, field), valueOf(theirs, field))
  })
}

/** References travel as ids; a reference to any record keeps its kind. */
export function wire(values: Values): Values {
  const one = (value: unknown): unknown => (isRef(value) && value.record === undefined ? value.id : value)
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, Array.isArray(value) ? value.map(one) : one(value)]),
  )
}
