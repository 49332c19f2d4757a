/** `pilothouse start`: opens the installation, builds the web application if needed, serves until it is told to stop. */
import { steadyMs } from '#platform/clock.ts'
import { buildWebIfStale } from '#platform/web-build.ts'
import { keepRunning } from '#platform/postgres/keeper.ts'
import { requestLimits } from '#platform/limits.ts'
import { openLog } from '#platform/log.ts'
import { isSetUp, newSetupLink } from '#kit/sign-in.ts'
import { keepArchive } from './archive/keeper.ts'
import { archiveOf } from './archive/settings.ts'
import { fillWithDemo, loginLines, scaleOf } from './demo.ts'
import { openInstallation, ROOT } from './installation.ts'
import { config, readOptions } from './options.ts'
import { portRefusal, tryPort } from './port.ts'
import { startServer } from './server.ts'

/** For what is being answered, and for running jobs, after the proxies have turned away. */
const PATIENCE_MS = 18_000

export async function start(words: readonly string[]): Promise<number> {
  const options = readOptions(words, { values: ['role', 'scale'], flags: ['no-web', 'demo'] })
  const say = (line: string): void => console.log(`  ${line}`)
  const chosen = config(options)
  // A terminal is for people; what is collected also holds each use of a token.
  const log = openLog({ level: process.env['LOG_LEVEL'] ?? (process.stdout.isTTY ? 'warn' : 'info') })
  await tryPort(chosen)
  const installation = await openInstallation(chosen, say)
  const demo = options.flags.has('demo')
    ? await fillWithDemo(installation, scaleOf(options.values['scale']), say)
    : null
  const web = options.flags.has('no-web') || !chosen.roles.includes('web') ? null : await buildWebIfStale(ROOT, say)
  const running = await startServer(installation, log, web, requestLimits(chosen.rates, steadyMs)).catch(
    async (error: unknown) => {
      await installation.close()
      throw portRefusal(error, chosen) ?? error
    },
  )
  const stopKeeping =
    chosen.databaseUrl === null
      ? keepRunning(
          chosen.dataFolder,
          { binaries: chosen.postgresPrograms ?? undefined, isArchiving: chosen.archive !== null },
          { onEvent: (sentence, error) => log.error({ error }, sentence) },
        )
      : async () => {}
  const archive = chosen.roles.includes('worker') ? archiveOf(chosen, installation.backupDoor) : null
  const keeper =
    archive === null ? null : keepArchive(archive, { onEvent: (sentence, error) => log.error({ error }, sentence) })
  console.log(`\nPilothouse is running at ${chosen.publicUrl}`)
  if (demo !== null) console.log(loginLines(demo).join('\n'))
  if (!(await isSetUp(installation.db)))
    console.log(`Set it up, once, within a day: ${chosen.publicUrl}/setup/${await newSetupLink(installation.db)}`)
  await untilStopped()
  console.log('\nStopping …')
  const late = setTimeout(() => process.exit(1), chosen.drainSeconds * 1000 + PATIENCE_MS)
  await running.close(chosen.drainSeconds)
  await keeper?.stop()
  await stopKeeping()
  await installation.close()
  clearTimeout(late)
  return 0
}
/** A supervisor may tell us twice (the process and its group): the second time changes nothing. */
function untilStopped(): Promise<void> {
  return new Promise((stop) => {
    process.on('SIGINT', () => stop())
    process.on('SIGTERM', () => stop())
  })
}
