// A hundred rounds of what test/faults/kill.test.ts does in three.
import { describe, it } from 'node:test'
import { killRounds } from '../setup/kill-rounds.ts'

describe('kill -9 under write load', () => {
  it('loses nothing and does nothing twice in a hundred rounds', async (test) => {
    const { acknowledged, attempted, slowest, told } = await killRounds(100)
    test.diagnostic(
      `${acknowledged} of ${attempted} acknowledged, ready again after at most ${Math.round(slowest)} ms; ${told}`,
    )
  })
})
