// An event stream whose reader went away before it began: nothing is kept for it, however early that was.
import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { before, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { startTestServer, type TestServer } from '../setup/server.ts'

const readers = 200
/** A heartbeat of a stream that was forgotten beats for ever. */
const PATIENCE_MS = 30_000
let server: TestServer
before(async () => {
  server = await startTestServer()
})

/** Asks for the stream and hangs up after so many turns of the event loop. */
function hangUp(turns: number): Promise<void> {
  const { port, host } = new URL(server.url)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), '127.0.0.1', async () => {
      socket.write(`GET /api/v1/events HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${server.people.agent.token}\r\n\r\n`) // oxfmt-ignore
      for (let n = 0; n < turns; n++) await new Promise<void>((done) => setImmediate(done))
      socket.destroy()
    })
    socket.on('error', reject)
    socket.on('close', () => resolve())
  })
}
const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length

describe('an event stream', () => {
  it('leaves nothing behind when its reader hangs up at any moment', async () => {
    await hangUp(200)
    const before_ = timers()
    for (let n = 0; n < readers; n++) await hangUp(n % 25)
    // Other timers come to their end; those of forgotten streams would not.
    for (const end = Date.now() + PATIENCE_MS; timers() > before_ + 2 && Date.now() < end;) await sleep(100)
    assert.ok(timers() <= before_ + 2, `${timers()} timers are left, ${before_} were there before`)
  })
})
