/**
 * Gives memory back when the rush is over. V8 collects when it needs room, so after a busy hour a quiet server would hold
 * the garbage of that hour (160 MB of it, of which 50 were in use). It is done only while nobody waits for an answer.
 */
import { performance } from 'node:perf_hooks'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

const EVERY_MS = 5_000
/** Share of time in which the process had something to do. */
const QUIET = 0.05
const WORTH_BYTES = 24_000_000

/** @returns stops it */
export function collectWhenIdle(everyMs = EVERY_MS): () => void {
  const collect = collector()
  let before = performance.eventLoopUtilization()
  // Nothing is counted as used at first, so the first quiet moment clears what the start left behind (115 MB).
  let left = 0
  const timer = setInterval(() => {
    const now = performance.eventLoopUtilization()
    const { utilization } = performance.eventLoopUtilization(now, before)
    before = now
    if (utilization > QUIET || process.memoryUsage().heapUsed - left < WORTH_BYTES) return
    collect({ type: 'major', execution: 'sync', flavor: 'last-resort' })
    left = process.memoryUsage().heapUsed
  }, everyMs).unref()
  return () => clearInterval(timer)
}
function collector(): (how: object) => void {
  setFlagsFromString('--expose-gc')
  return runInNewContext('gc')
}
