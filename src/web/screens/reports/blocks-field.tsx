// In the form of a new report, in place of its blocks: where they are built.
import type { EditorProps } from '../../fields/input-props.ts'
import { reportWords } from '../../messages/reports.ts'

export function OwnEditor({ field }: EditorProps) {
  return (
    <p className="quiet">
      {field.label}: {reportWords.report.blocksLater}
    </p>
  )
}
