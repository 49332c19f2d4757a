// What test/faults/outage.test.ts does for twelve seconds, for thirty.
import { before, describe, it } from 'node:test'
import { postgres15Missing } from '../setup/external.ts'
import { openOutage, survive, type Outage } from '../setup/outage.ts'
import { unlessMissing } from '../setup/peers.ts'

const missing = unlessMissing(await postgres15Missing())

describe('a database that is away for half a minute', { skip: missing }, () => {
  let outage: Outage
  before(async () => void (outage = await openOutage()))
  for (const way of ['stopped', 'frozen'] as const)
    it(`(${way}) is said at once, costs nothing that was acknowledged, and is found again`, async (test) => {
      const { acknowledged, slowestMs, readyMs } = await survive(outage, way, 30_000)
      test.diagnostic(
        `${acknowledged} acknowledged, slowest refusal ${Math.round(slowestMs)} ms, ready again after ${Math.round(readyMs)} ms`,
      )
    })
})
