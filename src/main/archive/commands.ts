/** `archive` and `archive base`. */
import { ConfigRefusal } from '#platform/config.ts'
import { withInstallation } from '#main/accounts.ts'
import { keysOf } from '#main/backup/secrets.ts'
import { megabytes } from '#main/backup/commands.ts'
import type { Installation } from '#main/installation.ts'
import { readOptions, tell } from '#main/options.ts'
import { portsOf } from '#main/parts.ts'
import { base } from './base.ts'
import type { Archive } from './settings.ts'
import { archiveOf } from './settings.ts'
import { standing } from './standing.ts'

/** Says which moments can be brought back. */
export async function archiveCommand(words: readonly string[]): Promise<number> {
  const options = readOptions(words, {})
  return withInstallation(options, async (of) => {
    opened(of)
    const found = await standing(of)
    if (found === null) return 1
    const { windows, place, bases, bytes, lastArchived, trouble } = found
    const spans = windows.map(({ from, until }) => `any moment from ${from} to ${until}`)
    const lines = [
      ...(spans.length === 0
        ? ['No moment can be brought back yet. Make a base backup: pilothouse archive base']
        : spans),
      `In ${place}: ${bases} base backups, ${megabytes(bytes)}, last segment of ${lastArchived ?? 'never'}.`,
      ...(trouble === null ? [] : [`It does not work at present: ${trouble}`]),
    ]
    tell(options, lines.join('\n'), { place, windows, bases, bytes, lastArchived, trouble })
    return 0
  })
}
export async function archiveBaseCommand(words: readonly string[]): Promise<number> {
  const options = readOptions(words, { flags: ['quiet'] })
  return withInstallation(options, async (of) => {
    portsOf(of) // makes the sealing key where there is none yet
    const note = await base(opened(of), keysOf(of.secret, of.config.dataFolder, process.env))
    const { name, from, bytes, clusterBytes } = note
    tell(
      options,
      `Base backup ${name}: ${megabytes(clusterBytes)} in ${megabytes(bytes)}, read back and checked. Any moment from ${from} on can be brought back.`,
      note,
    )
    return 0
  })
}
function opened(of: Installation): Archive {
  const archive = archiveOf(of.config, of.backupDoor)
  if (archive !== null) return archive
  throw new ConfigRefusal([
    of.config.databaseUrl === null
      ? { where: 'PILOTHOUSE_ARCHIVE_TO', because: 'It is "off". Name a folder, or leave it out, and start Pilothouse again.' }
      : { where: 'DATABASE_URL', because: 'The log of an external database is archived by its own administrators (archive_mode in its settings).' }, // oxfmt-ignore
  ])
}
