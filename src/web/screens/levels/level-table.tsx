// The report's rows with a bar for the percent; the counts are buttons that open the records.
import { numberText } from '../../fields/format.ts'
import { levelReportWords } from '../../messages/level-report.ts'
import type { Kept, LevelReport, LevelRow } from './report-contract.ts'

const words = levelReportWords.levels

interface LevelTableProps {
  report: LevelReport
  name: (row: LevelRow) => string
  onOpen: (of: { key: string | null; state: Kept }) => void
}

export function LevelTable({ report, name, onOpen }: LevelTableProps) {
  const { total } = report
  return (
    <div className="scroll-x">
      <table className="facts levels-table">
        <thead>
          <tr>
            <th>{words.bys[report.by]}</th>
            <th className="levels-bar-head">{words.percent}</th>
            <th className="levels-count">{words.met}</th>
            <th className="levels-count">{words.breached}</th>
            <th className="levels-count">{words.running}</th>
          </tr>
        </thead>
        <tbody>
          {report.rows.map((row) => (
            <tr key={row.key ?? ''}>
              <td>{name(row)}</td>
              <td>
                <Percent percent={row.percent} />
              </td>
              {(['met', 'breached', 'running'] as const).map((state) => (
                <td key={state} className="levels-count number">
                  <Count row={row} state={state} name={name(row)} onOpen={onOpen} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{words.total}</th>
            <td>
              <Percent percent={total.percent} />
            </td>
            <td className="levels-count number">{numberText(total.met)}</td>
            <td className="levels-count number">{numberText(total.breached)}</td>
            <td className="levels-count number">{numberText(total.running)}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  )
}

interface CountProps {
  row: LevelRow
  state: Kept
  name: string
  onOpen: LevelTableProps['onOpen']
}

function Count({ row, state, name, onOpen }: CountProps) {
  const n = row[state]
  if (n === 0) return <span className="quiet">0</span>
  return (
    <button
      type="button"
      className={`link-button ${state === 'breached' ? 'tone-bad' : ''}`}
      aria-label={words.openList(n, words.states[state] ?? state, name)}
      onClick={() => onOpen({ key: row.key, state })}
    >
      {numberText(n)}
    </button>
  )
}

/** The bar is neutral: whether a percent is good is said by the measures, which have targets. */
function Percent({ percent }: { percent: number | null }) {
  if (percent === null) return <span className="quiet">{words.noPercent}</span>
  return (
    <span className="levels-percent">
      <svg aria-hidden="true" width="100%" height="8" preserveAspectRatio="none" viewBox="0 0 100 8">
        <rect width="100" height="8" fill="var(--line)" />
        <rect width={percent} height="8" fill="var(--info-fill)" />
      </svg>
      <span className="number">{numberText(percent, '%')}</span>
    </span>
  )
}
