// Thirty minutes of mixed load at seven tenths of the capacity; PILOTHOUSE_SOAK_MINUTES says otherwise.
import { it } from 'node:test'
import { inWords, isSound, soak } from '../setup/soak.ts'

const MINUTES = Number(process.env['PILOTHOUSE_SOAK_MINUTES'] ?? 30)

it(`${MINUTES} minutes of mixed load leave memory flat, no handle open and no queue behind`, async (test) => {
  const found = await soak(MINUTES * 60)
  test.diagnostic(inWords(found))
  // Within minutes of load memory follows the habits of the collector: then only what is kept at rest is judged.
  isSound(found, { slope: MINUTES >= 15 ? 5 : Infinity, growth: 100 })
})
