// A state as icon, word and colour together: never the colour alone.
import type { Tone } from '../data/contract.ts'
import './state.css'

const signs: Record<Tone, string> = { good: '✓', warn: '◐', bad: '✕', info: '○', hold: '◷', none: '●' }

export function toneOf(tone: string | null | undefined): Tone {
  return tone && tone in signs ? (tone as Tone) : 'none'
}

export function Sign({ tone }: { tone: Tone }) {
  return (
    <span aria-hidden="true" className={`sign tone-${tone}`}>
      {signs[tone]}
    </span>
  )
}

export function State({ tone, children }: { tone: Tone; children: React.ReactNode }) {
  return (
    <span className={`state tone-${tone}`}>
      <Sign tone={tone} />
      {children}
    </span>
  )
}

const heights = { bad: 3, warn: 3, hold: 2, info: 2, good: 1, none: 1 } satisfies Record<Tone, number>

/** A graded choice (priority, impact): three bars and the word. */
export function Grade({ tone, children }: { tone: Tone; children: React.ReactNode }) {
  return (
    <span className={`grade ${tone === 'bad' ? 'tone-bad strong' : ''}`}>
      <svg aria-hidden="true" width="12" height="11" viewBox="0 0 12 11" className={`tone-${tone}`}>
        {[0, 1, 2].map((n) => (
          <rect
            key={n}
            x={n * 4.5}
            y={7 - n * 3.5}
            width="3"
            height={4 + n * 3.5}
            fill={n < heights[tone] ? 'currentColor' : 'var(--line)'}
          />
        ))}
      </svg>
      {children}
    </span>
  )
}
