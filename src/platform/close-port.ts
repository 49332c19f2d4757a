/** Closes a port without resetting whoever has just come. */
import type { Server as HttpServer } from 'node:http'
import { Server } from 'node:net'

/** Nobody came and nothing was done for so long between two looks: next to nobody can have come since. */
const QUIET_MS = 0.5
/** A port that is never quiet is closed all the same. */
const PATIENCE_MS = 2_000

/**
 * The kernel takes connections before the program does, and resets those that still wait when the port is closed: their
 * requests fail behind a proxy. A turn of the event loop takes one of them, so the port is closed right after a turn that
 * took none and was short.
 */
export async function closePort(server: HttpServer): Promise<void> {
  let hasTaken = true
  const note = (): void => void (hasTaken = true)
  server.on('connection', note)
  const began = performance.now()
  for (let last = 0, now = began; hasTaken || now - last > QUIET_MS;) {
    if (now - began > PATIENCE_MS) break
    hasTaken = false
    last = performance.now()
    await new Promise(setImmediate) // goes on right after the turn has taken who waited
    now = performance.now()
  }
  server.off('connection', note)
  // Not its own close: that ends connections that were taken and have not asked yet.
  Server.prototype.close.call(server)
}
