// Five minutes in CI, else one, of what test/slow/soak.test.ts does for thirty: too short to judge a slope, long enough for what grows quickly.
import { it } from 'node:test'
import { inWords, isSound, soak } from '../setup/soak.ts'

const MINUTES = process.env['CI'] === undefined ? 1 : 5

it(`${MINUTES} minutes of mixed load leave no handle open and no queue behind`, async (test) => {
  const found = await soak(MINUTES * 60)
  test.diagnostic(inWords(found))
  isSound(found, { slope: Infinity, growth: 150 })
})
