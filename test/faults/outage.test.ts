// The database is away for twelve seconds; test/slow/outage.test.ts does the same for thirty.
import { before, describe, it } from 'node:test'
import { postgres15Missing } from '../setup/external.ts'
import { openOutage, survive, type Outage } from '../setup/outage.ts'
import { unlessMissing } from '../setup/peers.ts'

const missing = unlessMissing(await postgres15Missing())
const AWAY_MS = 12_000

describe('a database that is away', { skip: missing }, () => {
  let outage: Outage
  before(async () => void (outage = await openOutage()))
  for (const way of ['stopped', 'frozen'] as const)
    it(`(${way}) is said at once, costs nothing that was acknowledged, and is found again`, async (test) => {
      const { acknowledged, slowestMs, readyMs } = await survive(outage, way, AWAY_MS)
      test.diagnostic(
        `${acknowledged} acknowledged, slowest refusal ${Math.round(slowestMs)} ms, ready again after ${Math.round(readyMs)} ms`,
      )
    })
})
