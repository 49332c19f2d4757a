// Public holidays of real places: whole days only, each day of a long feast, substitutes as the law has them.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { holidaySet, publicHolidays, regionProblem } from './holidays.ts'

const days = async (country: string, region: string | null, year = 2026): Promise<string[]> =>
  (await publicHolidays({ country, region }, year)).map((one) => one.on)

describe('public holidays', () => {
  it('count each day of a feast of several days, and no half day', async () => {
    const turkey = await days('TR', null)
    for (const on of ['2026-03-20', '2026-03-21', '2026-03-22']) assert.ok(turkey.includes(on), on)
    assert.ok(!turkey.includes('2026-10-28'), 'the afternoon before Republic Day')
  })
  it('bring the substitute of a feast on a weekend', async () => {
    assert.ok((await days('GB', 'ENG')).includes('2026-12-28'))
  })
  it('differ by region', async () => {
    assert.ok((await days('DE', 'BY')).includes('2026-11-01'))
    assert.ok(!(await days('DE', 'BE')).includes('2026-11-01'))
  })
  it('are none far outside of living memory', async () => assert.deepEqual(await days('DE', null, 1850), []))
  it('join the own days of a calendar when asked for', async () => {
    const set = await holidaySet(['2026-12-24'], { country: 'DE', region: null })
    assert.deepEqual(
      ['2026-12-24', '2026-12-25', '2031-10-03', '2026-12-28'].map((on) => set.has(on)),
      [true, true, true, false],
    )
  })
  it('are explained when the place is not known', async () => {
    assert.equal(await regionProblem('DE', 'BY'), null)
    assert.match((await regionProblem('toString', null)) ?? '', /No public holidays are known/)
    assert.match((await regionProblem('DE', 'XX')) ?? '', /no region "XX". It has: BB/)
    assert.match((await regionProblem('PL', 'XX')) ?? '', /no regions/)
  })
})
