// Processes of the product and of its database are killed under write load; nothing acknowledged is lost or done twice.
import { describe, it } from 'node:test'
import { killRounds } from '../setup/kill-rounds.ts'

const ROUNDS = Number(process.env['PILOTHOUSE_KILLS'] ?? 3)

describe('kill -9 under write load', () => {
  it(`loses nothing and does nothing twice in ${ROUNDS} rounds`, async (test) => {
    const { acknowledged, attempted, slowest, told } = await killRounds(ROUNDS)
    test.diagnostic(
      `${ROUNDS} rounds, ${acknowledged} of ${attempted} acknowledged, ready again after at most ${Math.round(slowest)} ms; ${told}`,
    )
  })
})
