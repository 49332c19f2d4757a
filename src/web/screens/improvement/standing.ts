// How a value stands against target and limit: the same rule as the server's.
import type { Row } from '../../data/contract.ts'

export interface Bounds {
  better: 'higher' | 'lower'
  target: number
  limit: number
}

export function boundsOf(row: Row): Bounds {
  return {
    better: row['better'] === 'lower' ? 'lower' : 'higher',
    target: Number(row['target'] ?? 0),
    limit: Number(row['limit'] ?? 0),
  }
}

export function standingOf(value: number, { better, target, limit }: Bounds): 'good' | 'watch' | 'bad' {
  const isReached = better === 'higher' ? value >= target : value <= target
  const isMissed = better === 'higher' ? value < limit : value > limit
  return isReached ? 'good' : isMissed ? 'bad' : 'watch'
}
