// The escalation steps wherever a form shows the field.
import type { EditorProps } from '../../../fields/input-props.ts'
import { stepInWords, stepsIn } from './contract.ts'
import { Steps } from './steps.tsx'
import '../levels.css'

export function OwnEditor({ field, value, error, onChange }: EditorProps) {
  const steps = stepsIn(value)
  return (
    <div role="group" aria-label={field.label} className="stack json-field">
      <span className="small strong">{field.label}</span>
      <Steps steps={steps} onChange={onChange} />
      {steps.map((step, at) => (
        <p key={at} className="quiet small">
          {stepInWords(step)}
        </p>
      ))}
      {error && <p className="error-text">{error}</p>}
    </div>
  )
}
