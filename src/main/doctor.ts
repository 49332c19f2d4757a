/** `doctor`: the health page on the command line, also when the server or the database does not run. It changes nothing in the database. */
import { existsSync } from 'node:fs'
import path from 'node:path'
import type { HealthItem } from '#kit/routes/admin.ts'
import { ConfigRefusal } from '#platform/config.ts'
import type { Config } from '#platform/config.ts'
import { openLog } from '#platform/log.ts'
import { movedTo } from './backup/moved.ts'
import { certificateItem } from './health/certificate.ts'
import { diskItem, memoryItem } from './health/machine.ts'
import { serverItem } from './health/server.ts'
import { health } from './health.ts'
import type { Installation } from './installation.ts'
import { reachInstallation } from './installation.ts'
import type { Options } from './options.ts'
import { config, readOptions, tell } from './options.ts'
import { portsOf } from './parts.ts'
import { now } from '#platform/clock.ts'

const MARKS = { good: 'ok  ', warn: 'WARN', bad: 'BAD ' } as const

/** Prints what the health page shows; exit 1 when something is bad. */
export async function doctorCommand(words: readonly string[]): Promise<number> {
  const options = readOptions(words, {})
  const items = await examined(options)
  const lines = items.map(
    ({ name, state, value, todo }) => `${MARKS[state]} ${name}: ${value}${todo === '' ? '' : `\n     ${todo}`}`,
  )
  const bad = items.filter(({ state }) => state === 'bad').length
  tell(options, `${lines.join('\n')}\n${summary(bad)}`, { healthy: bad === 0, items })
  return bad > 0 ? 1 : 0
}
function summary(bad: number): string {
  return bad === 0 ? 'Nothing needs you at once.' : `${bad === 1 ? 'One thing needs' : `${bad} things need`} you now.`
}

async function examined(options: Options): Promise<HealthItem[]> {
  openLog({ level: 'silent' })
  try {
    const chosen = config(options)
    return [await serverItem(chosen), ...(await examine(chosen))]
  } catch (error) {
    if (!(error instanceof ConfigRefusal)) throw error
    return error.problems.map(({ where, because }) => bad('Configuration', `${where} cannot be used`, because))
  }
}
async function examine(of: Config): Promise<HealthItem[]> {
  if (of.databaseUrl === null && !existsSync(path.join(of.dataFolder, 'postgres')))
    return [
      bad(
        'Database',
        `there is none in ${of.dataFolder} yet`,
        'Start Pilothouse here once (npm start), or set PILOTHOUSE_DATA to the folder, or DATABASE_URL to the server, that holds your data.',
      ),
    ]
  if (!existsSync(of.dataFolder))
    return [
      bad(
        'Data folder',
        `there is none at ${of.dataFolder}`,
        'It holds attached files, the secret and the sealing key. Set PILOTHOUSE_DATA to where they are.',
      ),
      ...(await withoutDatabase(of)),
    ]
  let reached: Installation
  try {
    reached = await reachInstallation(of, () => {})
  } catch (error) {
    const because = error instanceof Error ? error.message : String(error)
    return [bad('Database', 'cannot be used', because), ...(await withoutDatabase(of))]
  }
  try {
    const to = await movedTo(reached.door)
    const moved =
      to === null ? [] : [bad('Place', `this database was moved to ${to}`, 'Set (or leave out) DATABASE_URL so that Pilothouse finds it there; pilothouse move takes it back.')] // oxfmt-ignore
    return [...moved, ...(await health(reached, portsOf(reached)))]
  } finally {
    await reached.close()
  }
}
/** What can be said of the machine alone. */
async function withoutDatabase(of: Config): Promise<HealthItem[]> {
  const disk = existsSync(of.dataFolder) ? [diskItem(of.dataFolder)] : []
  return [...disk, memoryItem(), await certificateItem(of.publicUrl, now)]
}
function bad(name: string, value: string, todo: string): HealthItem {
  return { name, state: 'bad', value, todo }
}
