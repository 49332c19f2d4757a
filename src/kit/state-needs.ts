/** What the moves into a state have asked for stays filled while the record is in it. */
import { amid, said, say } from '#engines/say.ts'
import { isEmpty } from './check.ts'
import { labelOf } from './field.ts'
import type { Misfits } from './problem.ts'
import type { AnyRow, RecordType } from './record.ts'
import type { Workflow } from './workflow.ts'

/**
 * Fields that the row would lack in its state, although no way leads there without them: what a write empties, and what
 * is empty where it brings another state. What was lacking before in the same state may stay so.
 */
export function lacking(record: RecordType, before: AnyRow, after: AnyRow): Misfits {
  const { flow } = record
  if (flow === null) return {}
  const state = String(after[flow.field])
  const isNewState = before[flow.field] !== after[flow.field]
  const lost = Object.keys(record.fields).filter(
    (name) => isEmpty(after[name]) && (isNewState || !isEmpty(before[name])),
  )
  if (lost.length === 0) return {}
  const needed = neededIn(flow, firstState(record, flow)).get(state)
  const option = record.fields[flow.field]?.options?.find(({ value }) => value === state)
  return Object.fromEntries(
    lost.flatMap((name) => {
      if (needed?.has(name) !== true) return []
      const label = said(record.fields[name]?.label ?? labelOf(name))
      const by = amid(record.fields[flow.field]?.label ?? labelOf(flow.field))
      const detail = say`${label} is needed while ${by} is "${said(option?.label ?? state)}". Write another in its place.`
      return [[name, detail]]
    }),
  )
}

/** For each state that moves lead to: what every way into it has asked for. A new record has been asked for nothing. */
export function neededIn(flow: Pick<Workflow, 'moves'>, first: string): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, ReadonlySet<string>>([[first, new Set()]])
  for (let isGrowing = true; isGrowing;) {
    isGrowing = false
    for (const { from, to, needs = [] } of flow.moves)
      for (const state of from) {
        const had = found.get(state)
        if (had === undefined) continue
        const came = had.union(new Set(needs))
        const known = found.get(to)
        const both = known?.intersection(came) ?? came
        if (known?.size === both.size) continue
        found.set(to, both)
        isGrowing = true
      }
  }
  return found
}
function firstState(record: RecordType, flow: Workflow): string {
  const field = record.fields[flow.field]
  return typeof field?.default === 'string' ? field.default : (field?.options?.[0]?.value ?? '')
}
