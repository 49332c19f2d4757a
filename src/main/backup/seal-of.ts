/** The keys and checkpoints of a data folder, without opening the installation. */
import path from 'node:path'
import { readPublicKey } from '#kit/seal/key.ts'
import { now } from '#platform/clock.ts'
import type { Config } from '#platform/config.ts'
import { openCheckpointFiles, openSealingKey } from '#platform/checkpoint-sink.ts'
import { earlierKeys } from './arrival.ts'
import type { SealParts } from './seal-check.ts'

export function sealOf({ dataFolder }: Config): SealParts {
  return {
    keys: [
      openSealingKey(dataFolder, process.env['PILOTHOUSE_SEAL_KEY']),
      ...earlierKeys(dataFolder).map(readPublicKey),
    ],
    sink: openCheckpointFiles(process.env['PILOTHOUSE_CHECKPOINTS'] ?? path.join(dataFolder, 'checkpoints')),
    now,
  }
}
