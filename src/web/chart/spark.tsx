// A trend in the height of a line of text, with its last value as a dot. The words beside it carry the figures.
import { share } from './scale.ts'

const size = { width: 96, height: 24, edge: 3 }

interface SparkProps {
  /** Oldest first; fewer than two values draw nothing. */
  values: readonly number[]
  /** What it shows, for who cannot see it. */
  label: string
}

export function Spark({ values, label }: SparkProps) {
  if (values.length < 2) return null
  const low = Math.min(...values)
  const high = Math.max(...values)
  const points = values.map((value, at) => [
    size.edge + (at / (values.length - 1)) * (size.width - 2 * size.edge),
    size.height - size.edge - share(value, low, high) * (size.height - 2 * size.edge),
  ])
  const [x = 0, y = 0] = points.at(-1) ?? []
  return (
    <svg
      role="img"
      aria-label={label}
      width={size.width}
      height={size.height}
      viewBox={`0 0 ${size.width} ${size.height}`}
    >
      <polyline
        points={points.map((point) => point.map((one) => one.toFixed(1)).join(',')).join(' ')}
        fill="none"
        stroke="var(--info-fill)"
        strokeWidth="1.5"
        strokeLinejoin="round"
      />
      <circle cx={x} cy={y} r="2.5" fill="var(--info-fill)" />
    </svg>
  )
}
