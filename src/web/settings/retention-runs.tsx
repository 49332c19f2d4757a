// What the last runs of the rules did, and what they left because of holds and references.
import type { RuleShown, RunShown } from '#kit/routes/retention.ts'
import { instantText, numberText } from '../fields/format.ts'
import { retentionWords as words } from '../messages/retention.ts'
import { Scroll } from '../ui/scroll.tsx'
import { State } from '../ui/state.tsx'

const tones = { running: 'info', done: 'good', failed: 'bad' } as const

export function Runs({ runs, rules }: { runs: RunShown[]; rules: RuleShown[] }) {
  if (runs.length === 0) return <p className="quiet">{words.noRuns}</p>
  return (
    <Scroll label={words.runs}>
      <table className="facts">
        <thead>
          <tr>
            <th>{words.when}</th>
            <th>{words.by}</th>
            <th>{words.state}</th>
            <th>{words.removed}</th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <tr key={run.id}>
              <td className="number">{instantText(run.startedAt)}</td>
              <td>{run.startedBy ?? words.schedule}</td>
              <td>
                <State tone={tones[stateOf(run)]}>{words.states[stateOf(run)]}</State>
                {run.because && <p className="quiet">{run.because}</p>}
              </td>
              <td>
                <Did run={run} rules={rules} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}
function stateOf({ state }: RunShown): keyof typeof tones {
  return state === 'running' || state === 'failed' ? state : 'done'
}
function Did({ run, rules }: { run: RunShown; rules: RuleShown[] }) {
  const kinds = Object.entries(run.counts)
  if (kinds.length === 0) return <span className="quiet">{run.state === 'done' ? words.nothing : '–'}</span>
  return (
    <ul className="plain">
      {kinds.map(([record, counts]) => (
        <li key={record}>
          {rules.find((rule) => rule.record === record)?.label ?? record}:{' '}
          {(Object.keys(words.counts) as (keyof typeof words.counts)[]) // the names are those of the words
            .flatMap((name) => (counts[name] > 0 ? [`${numberText(counts[name])} ${words.counts[name]}`] : []))
            .join(', ')}
        </li>
      ))}
    </ul>
  )
}
