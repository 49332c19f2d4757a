// A chart in a panel with its legend and its table: a button shows the one or the other.
import { numberText } from '../../fields/format.ts'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { deskReportWords } from '../../messages/desk-report.ts'
import { useBehind, type ColumnSeries } from './bars.tsx'
import type { Behind } from './report-contract.ts'

const words = deskReportWords.report

interface ChartPanelProps {
  title: string
  aside: string
  legend: readonly ColumnSeries[]
  table: { periods: readonly string[]; series: readonly ColumnSeries[] }
  children: React.ReactNode
}

export function ChartPanel({ title, aside, legend, table, children }: ChartPanelProps) {
  const [asTable, setAsTable] = useState(false)
  return (
    <section className="panel">
      <header>
        <h2>
          {title} <span className="quiet small">{aside}</span>
        </h2>
        <button type="button" className="link-button small" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          {asTable ? words.asChart : words.asTable}
        </button>
      </header>
      {asTable ? (
        <ChartTable title={title} {...table} />
      ) : (
        <>
          {children}
          <ul className="plain row chart-legend">
            {legend.map((one) => (
              <li key={one.label} className="row">
                <svg aria-hidden="true" width="10" height="10">
                  <rect width="10" height="10" fill={one.fill} />
                </svg>
                {one.label}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

function ChartTable({ title, periods, series }: ChartPanelProps['table'] & { title: string }) {
  return (
    <div className="scroll-x report-table" role="region" tabIndex={0} aria-label={title}>
      <table className="facts">
        <thead>
          <tr>
            <th>{words.when}</th>
            {series.map((one) => (
              <th key={one.label}>{one.label}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {periods.map((period, at) => (
            <tr key={period}>
              <th scope="row">{period}</th>
              {series.map((one) => (
                <td key={one.label} className="number">
                  <Count value={one.values[at]} label={`${period}, ${one.label}`} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Count({ value, label }: { value: { count: number; list: Behind } | undefined; label: string }) {
  const behind = useBehind()
  const to = value && behind(value.list)
  if (!value) return null
  return to && value.count > 0 ? (
    <Link {...to} aria-label={words.openList(label, value.count)}>
      {numberText(value.count)}
    </Link>
  ) : (
    <>{numberText(value.count)}</>
  )
}
