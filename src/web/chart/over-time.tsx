// Values over time as a line with target and limit. Own SVG: two hundred points need no library. A table beside it is the caller's.
import { useElementSize } from '@mantine/hooks'
import { dayText, numberText } from '../fields/format.ts'
import type { Tone } from '../data/contract.ts'
import { share, ticks } from './scale.ts'
import './chart.css'

const height = 220
const edge = { top: 12, bottom: 24, start: 56, end: 62 }
const dashes = ['6 3', '2 3']

interface OverTimeProps {
  label: string
  unit: string
  /** Oldest first. */
  points: { on: string; value: number }[]
  lines: { name: string; value: number; tone: Tone }[]
}

export function OverTime({ label, unit, points, lines }: OverTimeProps) {
  const { ref, width } = useElementSize()
  const all = [...points.map((point) => point.value), ...lines.map((line) => line.value)]
  const marks = ticks(Math.min(...all), Math.max(...all))
  const [low, high] = [marks[0] ?? 0, marks.at(-1) ?? 1]
  const times = points.map((point) => Date.parse(point.on))
  const [from, to] = [times[0] ?? 0, times.at(-1) ?? 0]
  const x = (time: number) => edge.start + share(time, from, to) * Math.max(0, width - edge.start - edge.end)
  const y = (value: number) => height - edge.bottom - share(value, low, high) * (height - edge.top - edge.bottom)
  const placed = points.map((point, at) => ({ ...point, x: x(times[at] ?? 0), y: y(point.value) }))
  return (
    <div ref={ref} className="chart">
      {width > 0 && (
        <svg role="img" aria-label={label} width={width} height={height}>
          {marks.map((mark) => (
            <g key={mark}>
              <line x1={edge.start} x2={width - edge.end} y1={y(mark)} y2={y(mark)} stroke="var(--line)" />
              <text x={edge.start - 8} y={y(mark) + 4} textAnchor="end" className="chart-text">
                {numberText(mark)}
              </text>
            </g>
          ))}
          {lines.map((line, at) => (
            <g key={line.name}>
              <line
                x1={edge.start}
                x2={width - edge.end}
                y1={y(line.value)}
                y2={y(line.value)}
                stroke={`var(--${line.tone}-fill)`}
                strokeWidth="1.5"
                strokeDasharray={dashes[at % dashes.length]}
              />
              <text x={width - edge.end + 5} y={y(line.value) + 4} className={`chart-text chart-${line.tone}`}>
                {line.name}
              </text>
            </g>
          ))}
          <polyline
            points={placed.map((point) => `${point.x.toFixed(1)},${point.y.toFixed(1)}`).join(' ')}
            fill="none"
            stroke="var(--info-fill)"
            strokeWidth="2"
            strokeLinejoin="round"
          />
          {placed.map((point) => (
            <circle key={point.on} cx={point.x} cy={point.y} r={placed.length > 60 ? 1.5 : 3} fill="var(--info-fill)">
              <title>{`${dayText(point.on)}: ${numberText(point.value, unit)}`}</title>
            </circle>
          ))}
          {ends(placed, width > 460).map(({ point, anchor }) => (
            <text key={point.on} x={point.x} y={height - 6} textAnchor={anchor} className="chart-text">
              {dayText(point.on)}
            </text>
          ))}
        </svg>
      )}
    </div>
  )
}

/** First, middle and last day as the axis. */
function ends<T>(points: T[], isWide: boolean): { point: T; anchor: 'start' | 'middle' | 'end' }[] {
  const [first, middle, last] = [points[0], points[Math.floor(points.length / 2)], points.at(-1)]
  if (first === undefined || last === undefined || middle === undefined) return []
  if (points.length < 5 || !isWide)
    return [
      { point: first, anchor: points.length === 1 ? 'middle' : 'start' },
      ...(points.length > 1 ? [{ point: last, anchor: 'end' as const }] : []),
    ]
  return [
    { point: first, anchor: 'start' },
    { point: middle, anchor: 'middle' },
    { point: last, anchor: 'end' },
  ]
}
