// The answer of the calculator: the due time large, and the way there as a picture of time from top to bottom.
import { durationText, instantIn } from '../../fields/format.ts'
import { hoursWords } from '../../messages/hours.ts'

const words = hoursWords.calculator

export interface PreviewStep {
  kind: 'start' | 'closed' | 'holiday' | 'shift' | 'worked' | 'due'
  from: string
  to: string
  workedSeconds: number
  leftSeconds: number
  text: string
}
export interface Preview {
  due: string
  steps: PreviewStep[]
}

/** Height of a stretch: grows with its hours, but a long closed week does not push the answer away. */
function heightOf(step: PreviewStep): number {
  const hours = (Date.parse(step.to) - Date.parse(step.from)) / 3_600_000
  const tall = step.kind === 'worked' || step.kind === 'shift' ? 9 * hours : 2 * hours
  return Math.round(Math.min(96, Math.max(28, tall)))
}

export function DueAnswer({ answer, zone }: { answer: Preview; zone: string }) {
  return (
    <div className="stack">
      <div>
        <p className="quiet small">{words.due}</p>
        <p className="due-figure">
          <time dateTime={answer.due}>{instantIn(zone, new Date(answer.due))}</time>
        </p>
        <p className="quiet small">{zone}</p>
      </div>
      <h2>{words.steps}</h2>
      <ol className="plain time-picture">
        {answer.steps.map((step, at) => (
          <li key={at} data-kind={step.kind} style={{ minBlockSize: heightOf(step) }}>
            <span className="time-kind small">{words.kinds[step.kind]}</span>
            <span className="time-text">{step.text}</span>
          </li>
        ))}
      </ol>
      <details className="small">
        <summary>{words.table}</summary>
        <StepTable steps={answer.steps} />
      </details>
    </div>
  )
}

function StepTable({ steps }: { steps: PreviewStep[] }) {
  const time = (seconds: number) => (seconds > 0 ? durationText(seconds / 60) : '–')
  return (
    <div className="scroll-x">
      <table className="facts">
        <thead>
          <tr>
            <th>{words.kind}</th>
            <th>{words.what}</th>
            <th>{words.used}</th>
            <th>{words.left}</th>
          </tr>
        </thead>
        <tbody>
          {steps.map((step, at) => (
            <tr key={at}>
              <td>{words.kinds[step.kind]}</td>
              <td>{step.text}</td>
              <td className="number">{time(step.workedSeconds)}</td>
              <td className="number">{time(step.leftSeconds)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
