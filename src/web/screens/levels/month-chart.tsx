// Percent kept by month as columns. The table below it has the same figures.
import { useElementSize } from '@mantine/hooks'
import '../../chart/chart.css'
import { share, ticks } from '../../chart/scale.ts'
import { numberText } from '../../fields/format.ts'
import { levelReportWords } from '../../messages/level-report.ts'
import { rowName, type LevelRow } from './report-contract.ts'

const words = levelReportWords.levels
const height = 180
/** Pixels that the name of a month needs with the distance to the next. */
const nameRoom = 76
const edge = { top: 18, bottom: 22, start: 40 }

export function MonthChart({ rows }: { rows: LevelRow[] }) {
  const { ref, width } = useElementSize()
  const lines = ticks(0, 100).filter((line) => line >= 0 && line <= 100)
  const y = (percent: number) => height - edge.bottom - share(percent, 0, 100) * (height - edge.top - edge.bottom)
  const step = Math.max(0, width - edge.start) / rows.length
  const every = Math.max(1, Math.ceil(nameRoom / Math.max(1, step)))
  const name = (row: LevelRow | undefined) => (row ? rowName(row, 'month') : '')
  return (
    <div ref={ref} className="chart">
      {width > 0 && (
        <svg role="img" aria-label={words.chart(name(rows[0]), name(rows.at(-1)))} width={width} height={height}>
          {lines.map((line) => (
            <g key={line}>
              <line x1={edge.start} x2={width} y1={y(line)} y2={y(line)} stroke="var(--line)" />
              <text x={edge.start - 6} y={y(line) + 4} textAnchor="end" className="chart-text">
                {numberText(line, '%')}
              </text>
            </g>
          ))}
          {rows.map((row, at) => {
            if (row.percent === null) return null
            const x = edge.start + at * step + step * 0.18
            return (
              <g key={row.key}>
                <rect
                  x={x}
                  y={y(row.percent)}
                  width={step * 0.64}
                  height={Math.max(0, y(0) - y(row.percent))}
                  rx="2"
                  fill="var(--info-fill)"
                >
                  <title>{`${name(row)}: ${numberText(row.percent, '%')}`}</title>
                </rect>
                {step > 44 && (
                  <text
                    x={x + step * 0.32}
                    y={y(row.percent) - 4}
                    textAnchor="middle"
                    className="chart-text"
                    stroke="var(--surface)"
                    strokeWidth="4"
                    paintOrder="stroke"
                  >
                    {numberText(row.percent)}
                  </text>
                )}
              </g>
            )
          })}
          {rows.map((row, at) =>
            at % every === 0 ? (
              <text
                key={row.key}
                x={Math.min(edge.start + (at + 0.5) * step, width - 28)}
                y={height - 6}
                textAnchor="middle"
                className="chart-text"
              >
                {name(row)}
              </text>
            ) : null,
          )}
        </svg>
      )}
    </div>
  )
}
