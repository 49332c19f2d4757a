// Overload for some seconds; PILOTHOUSE_OVERLOAD_SECONDS drives it longer.
import { it } from 'node:test'
import { overload } from '../setup/overload.ts'

it('turns away what is too much, with Retry-After, and answers what it let in', async (test) => {
  test.diagnostic(await overload(Number(process.env['PILOTHOUSE_OVERLOAD_SECONDS'] ?? 8)))
})
