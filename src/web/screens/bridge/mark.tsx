// The sign of a standing: ✓ reached the target, ▲ between limit and target, ✕ missed the limit.
import type { Tone } from '../../data/contract.ts'
import { Sign } from '../../ui/state.tsx'
import type { Standing } from './contract.ts'

export const toneOfStanding = { good: 'good', watch: 'warn', bad: 'bad' } satisfies Record<Standing, Tone>

export function Mark({ standing }: { standing: Standing }) {
  if (standing === 'watch')
    return (
      <span aria-hidden="true" className="sign tone-warn">
        ▲
      </span>
    )
  return <Sign tone={toneOfStanding[standing]} />
}
