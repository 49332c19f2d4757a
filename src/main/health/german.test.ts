// The health page speaks the language of whoever reads it; the doctor on the terminal speaks English.
import assert from 'node:assert/strict'
import { it } from 'node:test'
import { speaking } from '#engines/say.ts'
import '#platform/languages.ts'
import { certificateVerdict } from './certificate.ts'
import { clockVerdict, withJump } from './database.ts'
import { memoryVerdict } from './machine.ts'
import { versionVerdict } from './postgres-versions.ts'

const TODAY = '2026-11-21T12:00:00.000Z'
const memory = { own: 180e6, available: 1.52e9, total: 8e9 }

it('says values, units and what to do in German', () => {
  speaking('de', () => {
    const { name, value } = memoryVerdict(memory)
    assert.deepEqual([name, value], ['Arbeitsspeicher', '1,5 von 8,0 GB verfügbar, 180 MB von diesem Prozess belegt'])
    const shown = { until: '2026-11-22T13:00:00.000Z', wrongName: null, distrust: null }
    assert.equal(certificateVerdict(shown, TODAY).value, 'noch 1 Tag, bis 2026-11-22')
    assert.match(
      versionVerdict('15.1', { isEmbedded: false, today: '2026-11-21' }).todo,
      /ist erschienen .* Installieren Sie/,
    )
  })
})
it('knows its own line by its name in any language', () => {
  const jump = { at: TODAY, byMs: 3_600_000 }
  const clock = (): string => withJump(clockVerdict(10, 10, 11), jump, TODAY).value
  assert.match(clock(), /set forward by 60 min/)
  assert.match(speaking('de', clock), /um 60 Min\. vorgestellt/)
})
it('stays in English where nobody chose', () => {
  assert.equal(memoryVerdict(memory).value, '1.5 of 8.0 GB available, 180 MB used by this process')
})
