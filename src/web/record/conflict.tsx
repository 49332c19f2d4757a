// Where two changed the same field: the question which to keep, loaded when there is one.
import { lazy, Suspense } from 'react'
import type { RecordInfo } from '../data/contract.ts'
import type { Saving } from './save.ts'

const MergeDialog = lazy(() =>
  import('./merge-dialog.tsx').then(({ MergeDialog: component }) => ({ default: component })),
)

/** Stands wherever `useSave` is used: without it, a conflict would wait for an answer for ever. */
export function Conflict({ record, saving }: { record: RecordInfo; saving: Saving }) {
  return <Suspense fallback={null}>{saving.conflict && <MergeDialog record={record} saving={saving} />}</Suspense>
}
