// The hours in the form that creates a calendar. What is shown at first is what is sent.
import { useEffect } from 'react'
import type { EditorProps } from '../../../fields/input-props.ts'
import { DefinitionEditor } from './definition-editor.tsx'
import { definitionOf, tidy } from './contract.ts'

export function OwnEditor({ field, value, error, onChange }: EditorProps) {
  const isNew = value === null || value === undefined
  useEffect(() => {
    if (isNew) onChange(tidy(definitionOf(null)))
  })
  return (
    <div role="group" aria-label={field.label}>
      <DefinitionEditor value={definitionOf(value)} onChange={(next) => onChange(tidy(next))} />
      {error && (
        <p role="alert" className="error-text">
          {error}
        </p>
      )}
    </div>
  )
}
