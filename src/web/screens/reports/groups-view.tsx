// Counts by group: bars, lines over time, or a table; each chart has its table a button away. Own SVG, colours by their tokens, dashes beside colours.
import { useElementSize } from '@mantine/hooks'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import '../../chart/chart.css'
import { ticks } from '../../chart/scale.ts'
import { numberText } from '../../fields/format.ts'
import { reportWords } from '../../messages/reports.ts'
import { Scroll } from '../../ui/scroll.tsx'
import { useBehind } from './behind.ts'
import type { GroupsPart, Series } from './contract.ts'
import { nameText } from './values.ts'

const words = reportWords.page
/** The order of series, as everywhere. */
const fills = ['info', 'warn', 'hold', 'good', 'none', 'bad'].map((tone) => `var(--${tone}-fill)`)
const dashes = ['', '6 3', '2 3', '8 3 2 3', '1 3', '12 4']
const size = { height: 220, left: 44, right: 14, top: 16, bottom: 24, label: 78 }
/** How names slant where they have no room side by side, and how much lower they reach: steeper where they stand close. */
const slants = { wide: { degrees: 30, height: 36 }, close: { degrees: 60, height: 62 } }
const closeBelow = 34
const steps: ReadonlySet<string> = new Set(['day', 'week', 'month', 'quarter', 'year'])

export function GroupsView({ part }: { part: GroupsPart }) {
  const [asTable, setAsTable] = useState(false)
  const behind = useBehind()(part.list)
  const all = words.all(numberText(part.total))
  const isTable = part.as === 'table' || asTable
  return (
    <>
      <div className="spread">
        <h3 className="report-h2">{part.title}</h3>
        {part.as !== 'table' && part.names.length > 0 && (
          <button
            type="button"
            className="link-button small no-print"
            aria-pressed={asTable}
            onClick={() => setAsTable(!asTable)}
          >
            {asTable ? words.asChart : words.asTable}
          </button>
        )}
      </div>
      {part.names.length === 0 ? (
        <p className="quiet">{words.nothing}</p>
      ) : isTable ? (
        <GroupsTable part={part} />
      ) : (
        <GroupsChart part={part} />
      )}
      <p className="small quiet">{behind ? <Link {...behind}>{words.openList(all)}</Link> : all}</p>
    </>
  )
}
function titleOf({ name }: Series): string {
  return name.text === '' ? words.number : nameText(name)
}

function GroupsTable({ part }: { part: GroupsPart }) {
  const behind = useBehind()
  return (
    <Scroll label={part.title}>
      <table className="facts report-table">
        <thead>
          <tr>
            <th scope="col">{part.by}</th>
            {part.series.map((one) => (
              <th key={titleOf(one)} scope="col" data-number>
                {titleOf(one)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {part.names.map((name, at) => (
            <tr key={`${name.kind} ${name.text}`}>
              <th scope="row">{nameText(name)}</th>
              {part.series.map((one) => {
                const [value = 0, filter = null] = [one.values[at], one.filters[at]]
                const to = filter === null || value === 0 ? null : behind({ record: part.list.record, filter })
                return (
                  <td key={titleOf(one)} data-number>
                    {to ? <Link {...to}>{numberText(value)}</Link> : numberText(value)}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

function GroupsChart({ part }: { part: GroupsPart }) {
  const { ref, width } = useElementSize<HTMLDivElement>()
  const layout = layoutOf(part, width || 640)
  return (
    <div ref={ref} className="chart report-chart">
      <svg
        role="img"
        aria-label={words.chart(part.title, part.names.length)}
        viewBox={`0 0 ${width || 640} ${layout.height}`}
        width="100%"
        height={layout.height}
        preserveAspectRatio="none"
      >
        {width > 0 && <Drawing part={part} width={width} layout={layout} />}
      </svg>
      {part.series.length > 1 && <Legend series={part.series} />}
    </div>
  )
}
interface Layout {
  right: number
  step: number
  /** Of how many names one has room. */
  every: number
  /** Names of groups are all there, slanted; of days some may be left out. */
  slant: (typeof slants)['wide'] | null
  height: number
}
function layoutOf(part: GroupsPart, width: number): Layout {
  // Where some names are left out, the last may stand at the very end, and half of it beyond.
  const isDense = (width - size.left - size.right) / part.names.length < size.label
  const isSlanted = isDense && !part.names.every(({ kind }) => steps.has(kind))
  const right = isDense && !isSlanted ? size.label / 2 : size.right
  const step = (width - size.left - right) / part.names.length
  const every = Math.max(1, Math.ceil(size.label / step))
  const slant = !isSlanted ? null : step < closeBelow ? slants.close : slants.wide
  return { right, step, every, slant, height: size.height + (slant?.height ?? 0) }
}
function Drawing({ part, width, layout }: { part: GroupsPart; width: number; layout: Layout }) {
  const { right, step, every, slant } = layout
  const most = Math.max(1, ...part.series.flatMap((one) => one.values))
  const lines = ticks(0, most).filter((step) => Number.isInteger(step))
  const top = lines.at(-1) ?? most
  const inner = size.height - size.top - size.bottom
  const y = (value: number) => size.top + inner - (value / top) * inner
  const x = (at: number) => size.left + step * (at + 0.5)
  return (
    <>
      {lines.map((one) => (
        <g key={one}>
          <line x1={size.left} x2={width - right} y1={y(one)} y2={y(one)} stroke="var(--line)" />
          <text x={size.left - 6} y={y(one) + 4} textAnchor="end" className="chart-text">
            {numberText(one)}
          </text>
        </g>
      ))}
      {part.names.map((name, at) => {
        if (slant === null && at % every !== 0) return null
        const place = slant
          ? { transform: `translate(${x(at) + 4} ${y(0) + 14}) rotate(-${slant.degrees})`, textAnchor: 'end' as const }
          : { x: x(at), y: size.height - 6, textAnchor: 'middle' as const }
        return (
          <text key={`${name.kind} ${name.text}`} {...place} className="chart-text">
            {cut(nameText(name))}
          </text>
        )
      })}
      {part.as === 'bars' ? <Bars part={part} step={step} x={x} y={y} /> : <Lines part={part} x={x} y={y} />}
    </>
  )
}
interface Scale {
  part: GroupsPart
  x: (at: number) => number
  y: (value: number) => number
}
function Bars({ part, step, x, y }: Scale & { step: number }) {
  const bar = Math.max(1, Math.min(32, (step * 0.76) / part.series.length))
  const isTold = part.series.length === 1 && step > 30
  return part.series.map((one, nth) => (
    <g key={titleOf(one)}>
      {one.values.map((value, at) => {
        const name = part.names[at]
        if (value === 0 || !name) return null
        return (
          <g key={`${name.kind} ${name.text}`}>
            <rect
              x={x(at) + (nth - part.series.length / 2) * bar}
              y={y(value)}
              width={Math.max(1, bar - 1)}
              height={y(0) - y(value)}
              fill={fills[nth % fills.length]}
            >
              <title>{`${nameText(name)}, ${titleOf(one)}: ${numberText(value)}`}</title>
            </rect>
            {isTold && (
              <text x={x(at)} y={y(value) - 4} textAnchor="middle" className="chart-text">
                {numberText(value)}
              </text>
            )}
          </g>
        )
      })}
    </g>
  ))
}
function Lines({ part, x, y }: Scale) {
  return part.series.map((one, nth) => {
    const last = one.values.at(-1) ?? 0
    const at = one.values.length - 1
    return (
      <g key={titleOf(one)}>
        <polyline
          points={one.values.map((value, place) => `${x(place).toFixed(1)},${y(value).toFixed(1)}`).join(' ')}
          fill="none"
          stroke={fills[nth % fills.length]}
          strokeWidth="2"
          strokeDasharray={dashes[nth % dashes.length]}
          strokeLinejoin="round"
        />
        <circle cx={x(at)} cy={y(last)} r="3" fill={fills[nth % fills.length]} />
        <text x={x(at) - 6} y={y(last) - 7} textAnchor="end" className="chart-text">
          {part.series.length === 1 ? numberText(last) : titleOf(one)}
        </text>
      </g>
    )
  })
}
function Legend({ series }: { series: readonly Series[] }) {
  return (
    <ul className="plain row report-legend">
      {series.map((one, nth) => (
        <li key={titleOf(one)} className="row">
          <svg aria-hidden="true" width="22" height="8">
            <line
              x1="0"
              x2="22"
              y1="4"
              y2="4"
              stroke={fills[nth % fills.length]}
              strokeWidth="4"
              strokeDasharray={dashes[nth % dashes.length]}
            />
          </svg>
          {titleOf(one)}
        </li>
      ))}
    </ul>
  )
}
function cut(text: string): string {
  const all = Array.from(text)
  return all.length <= 13 ? text : `${all.slice(0, 12).join('')}…`
}
