// One cell of a list under edit: the same editor, the same checks and the same question on a conflict as on the record's page.
import type { FieldInfo, RecordInfo, Row } from '../data/contract.ts'
import { Conflict } from '../record/conflict.tsx'
import { InlineField } from '../record/inline-field.tsx'
import { useSave } from '../record/save.ts'
import './cell-editor.css'

interface CellEditorProps {
  record: RecordInfo
  row: Row
  field: FieldInfo
  onDone: () => void
}

export function CellEditor({ record, row, field, onDone }: CellEditorProps) {
  const saving = useSave(record, row)
  return (
    // A click in it is not one on the row.
    <div className="cell-editor" onClick={(event) => event.stopPropagation()}>
      <InlineField
        record={record}
        row={row}
        saving={saving}
        editing={field.name}
        setEditing={onDone}
        field={field}
        bare
      />
      <Conflict record={record} saving={saving} />
    </div>
  )
}
