// Keeps the embedded server running while we run: when its processes were killed (out of memory, by hand), it is started
// again, and what was committed is there. PostgreSQL itself brings back only its own children.
import { startEmbedded, type EmbeddedOptions } from './embedded.ts'
import { runningPostmaster } from './postmaster.ts'
import path from 'node:path'

export interface Kept {
  everyMs?: number
  /** Told when it was found dead and started again, and each time that this failed. */
  onEvent: (sentence: string, error?: unknown) => void
}

/** @returns ends the watch; call it before the server is stopped on purpose, and wait for it. */
export function keepRunning(dataFolder: string, options: EmbeddedOptions, kept: Kept): () => Promise<void> {
  const cluster = path.join(dataFolder, 'postgres')
  let working: Promise<void> | null = null
  const look = async (): Promise<void> => {
    if ((await runningPostmaster(cluster)) !== null) return
    kept.onEvent('The database server has died; it is started again.')
    await startEmbedded(dataFolder, options)
    kept.onEvent('The database server runs again.')
  }
  const timer = setInterval(() => {
    working ??= look()
      .catch((error: unknown) =>
        kept.onEvent('The database server could not be started again; this is tried on.', error),
      )
      .finally(() => (working = null))
  }, kept.everyMs ?? 1_000)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await working
  }
}
