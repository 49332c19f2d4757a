// A minute of what test/slow/soak.test.ts does for thirty: too short to judge a slope, long enough for what grows quickly.
import { it } from 'node:test'
import { inWords, isSound, soak } from '../setup/soak.ts'

it('a minute of mixed load leaves no handle open and no queue behind', async (test) => {
  const found = await soak(60)
  test.diagnostic(inWords(found))
  isSound(found, { slope: Infinity, growth: 150 })
})
