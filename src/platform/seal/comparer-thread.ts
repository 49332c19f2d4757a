/** A thread that holds stretches of rows against their entries, and says which rows are to be looked at again. */
import { parentPort, workerData } from 'node:worker_threads'
import type { WindowFound } from '#kit/seal/rows/window.ts'
import { compareWindow } from '#kit/seal/rows/window.ts'
import type { Door } from '#platform/database.ts'
import { openDatabase } from '#platform/database.ts'
import type { Asked } from './comparers.ts'
import type { Said } from './threads.ts'

// The thread was given the door by comparers.ts. One connection; it ends with the thread.
const db = openDatabase({ connection: workerData as Door, max: 1, name: 'pilothouse-verify' })

parentPort?.on('message', ({ kind, window }: Asked) => {
  compareWindow(db, kind, window).then(
    (found) => say({ found }),
    (error: unknown) => say({ error }),
  )
})
function say(said: Said<WindowFound>): void {
  parentPort?.postMessage(said)
}
