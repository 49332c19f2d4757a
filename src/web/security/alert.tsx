// The sentence of a refusal below a form, told to screen readers.
import { sentenceOf } from '../data/problem.ts'

export function Alert({ of }: { of: unknown }) {
  return of === null || of === undefined ? null : (
    <p className="error-text" role="alert">
      {sentenceOf(of)}
    </p>
  )
}
