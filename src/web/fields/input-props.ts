// What every editor takes, and what each Mantine input gets from a field.
import type { FieldInfo } from '../data/contract.ts'

export interface EditorProps {
  field: FieldInfo
  value: unknown
  onChange: (value: unknown) => void
  error?: string | null
  /** Off for inline editing, where the label stands outside. */
  labelled?: boolean
  autoFocus?: boolean
  /** Called when the person is done with this field: a choice was made, Enter was pressed, the focus left. */
  onDone?: () => void
}

/** What every Mantine input gets from a field. */
export function inputProps({ field, error, labelled = true, autoFocus = false }: EditorProps) {
  return {
    label: labelled ? field.label : undefined,
    description: labelled ? (field.help ?? undefined) : undefined,
    'aria-label': labelled ? undefined : field.label,
    error: error ?? undefined,
    withAsterisk: labelled && field.required === true,
    'data-autofocus': autoFocus || undefined,
    autoFocus,
    name: field.name,
  }
}
