// Our own bars: horizontal ones with their figures, and columns over time. Every bar leads to the list behind it; a table twin carries the same figures.
import { numberText } from '../../fields/format.ts'
import { useElementSize } from '@mantine/hooks'
import { Link } from '@tanstack/react-router'
import { listAddress, recordNamed, useModel } from '../../data/model.ts'
import { ticks } from '../../chart/scale.ts'
import { deskReportWords } from '../../messages/desk-report.ts'
import type { Behind } from './report-contract.ts'

const words = deskReportWords.report

export interface Bar {
  label: string
  count: number
  list: Behind
}

/** The address of the list behind a figure, as a router link takes it; null when the person may not see such records. */
export function useBehind(): (list: Behind) => { to: string; search: { filter: string } } | null {
  const model = useModel()
  return ({ record, filter }) => {
    const kind = recordNamed(model, record)
    return kind && { to: listAddress(kind), search: { filter } }
  }
}

export function Bars({ bars }: { bars: readonly Bar[] }) {
  const behind = useBehind()
  const most = Math.max(1, ...bars.map((bar) => bar.count))
  return (
    <ul className="plain bars">
      {bars.map((bar) => {
        const to = behind(bar.list)
        const inside = (
          <>
            <span className="bar-label">{bar.label}</span>
            <span className="bar-track" aria-hidden="true">
              <svg width="100%" height="10" preserveAspectRatio="none" viewBox="0 0 100 10">
                <rect width={(bar.count / most) * 100} height="10" fill="var(--info-fill)" />
              </svg>
            </span>
            <span className="bar-count number">{numberText(bar.count)}</span>
          </>
        )
        return (
          <li key={bar.label}>
            {to ? (
              <Link {...to} className="bar">
                {inside}
              </Link>
            ) : (
              <span className="bar">{inside}</span>
            )}
          </li>
        )
      })}
    </ul>
  )
}

export interface ColumnSeries {
  label: string
  fill: string
  /** One per period. */
  values: readonly { count: number; list: Behind }[]
}
const labelWidth = 64
const size = { height: 200, left: 36, bottom: 22, top: 6 }

interface ColumnsProps {
  periods: readonly string[]
  series: readonly ColumnSeries[]
  label: string
}

/** Columns over time. `periods` are the labels below; every series gives one value for each. */
export function Columns(props: ColumnsProps) {
  const { ref, width } = useElementSize<HTMLDivElement>()
  return (
    <div ref={ref} className="columns">
      {width > 0 && <ColumnsAt {...props} width={Math.round(width)} />}
    </div>
  )
}

function ColumnsAt({ periods, series, label, width }: ColumnsProps & { width: number }) {
  const behind = useBehind()
  const highest = Math.max(1, ...series.flatMap((one) => one.values.map((value) => value.count)))
  const steps = ticks(0, highest).filter((step) => Number.isInteger(step))
  const top = steps.at(-1) ?? highest
  const plot = size.height - size.bottom - size.top
  const step = (width - size.left) / Math.max(1, periods.length)
  const bar = Math.max(1, Math.min(18, (step * 0.76) / series.length))
  const every = Math.ceil((periods.length * labelWidth) / (width - size.left))
  const y = (count: number) => size.top + plot - (count / top) * plot
  return (
    <svg width={width} height={size.height} role="group" aria-label={label}>
      {steps.map((one) => (
        <g key={one} aria-hidden="true">
          <line x1={size.left} x2={width} y1={y(one)} y2={y(one)} stroke="var(--line)" />
          <text x={size.left - 6} y={y(one) + 4} textAnchor="end">
            {numberText(one)}
          </text>
        </g>
      ))}
      {periods.map((period, at) => (
        <g key={period}>
          {at % every === 0 && (
            <text aria-hidden="true" x={size.left + step * (at + 0.5)} y={size.height - 6} textAnchor="middle">
              {period}
            </text>
          )}
          {series.map((one, nth) => {
            const value = one.values[at]
            const to = value && behind(value.list)
            if (!value || value.count === 0 || !to) return null
            const x = size.left + step * (at + 0.5) + (nth - series.length / 2) * bar
            return (
              <Link
                key={one.label}
                {...to}
                tabIndex={-1}
                aria-label={words.openList(`${period}, ${one.label}`, value.count)}
              >
                <rect
                  x={x}
                  y={y(value.count)}
                  width={bar - 1}
                  height={size.height - size.bottom - y(value.count)}
                  fill={one.fill}
                >
                  <title>{`${period}, ${one.label}: ${numberText(value.count)}`}</title>
                </rect>
              </Link>
            )
          })}
        </g>
      ))}
    </svg>
  )
}
