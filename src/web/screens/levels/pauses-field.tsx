// The pauses in the form that creates a service level.
import type { EditorProps } from '../../fields/input-props.ts'
import { recordNamed, useModel } from '../../data/model.ts'
import { PausesEditor } from './pauses-editor.tsx'
import { pausesIn } from './pauses-contract.ts'
import './levels.css'

export function OwnEditor({ field, value, error, onChange }: EditorProps) {
  const incident = recordNamed(useModel(), 'incident')
  if (!incident) return null
  return (
    <div role="group" aria-label={field.label} className="stack json-field">
      <span className="small strong">{field.label}</span>
      <span className="quiet small">{field.help}</span>
      <PausesEditor pauses={pausesIn(value)} record={incident} onChange={onChange} />
      {error && <p className="error-text">{error}</p>}
    </div>
  )
}
