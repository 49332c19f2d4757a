/** The demonstration company: `demo load`, `demo remove`, and `start --demo`. */
import { existsSync, renameSync } from 'node:fs'
import path from 'node:path'
import { allReactions } from '#app'
import type { DemoLoaded } from '#demo'
import { loadDemo, removeDemo } from '#demo'
import { run, sql } from '#kit/sql.ts'
import { ConfigRefusal } from '#platform/config.ts'
import { withInstallation } from './accounts.ts'
import type { Installation } from './installation.ts'
import { readOptions, tell } from './options.ts'

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1'])

/** Loads Harbour Works into an empty installation. Its logins are printed, so it works on this machine alone. */
export async function fillWithDemo(
  of: Installation,
  incidents: number | undefined,
  say: (line: string) => void,
): Promise<DemoLoaded | null> {
  if (!LOOPBACK.has(of.config.host))
    throw new ConfigRefusal([
      {
        where: 'HOST',
        because: `The demonstration company prints its passwords, so it is only served on this machine. Leave HOST out, or set it to 127.0.0.1 (it is ${of.config.host}).`,
      },
    ])
  const orgs = await run<{ is_demo: boolean }>(of.db, sql`select settings ? 'demo' as is_demo from organisation`)
  if (orgs.length > 0) {
    if (orgs[0]?.is_demo !== true)
      throw new Error(
        'This installation has data of its own; the demonstration company needs an empty one. Set PILOTHOUSE_DATA to another folder.',
      )
    say(
      'The demonstration company is here already; its logins were printed when it was loaded. `npm run pilothouse -- demo remove` takes it away.',
    )
    return null
  }
  say('Loading the demonstration company …')
  const reactions = allReactions({ store: of.store, jobs: { send: async () => null } }).map(({ name }) => name)
  return loadDemo(
    { db: of.db, catalogue: of.catalogue, now: () => of.store.now(), log: say, reactions },
    {
      scale:
        incidents === undefined
          ? {}
          : {
              incidents,
              persons: Math.min(50_000, Math.max(1200, Math.round(incidents / 20))),
              journalPerIncident: incidents >= 100_000 ? 3 : undefined,
            },
    },
  )
}
/**
 * The signed heads speak of a journal that is gone; they are kept beside, so that the new journal is not held to them.
 * @returns the folder that keeps them; null when there were none
 */
function setCheckpointsAside(of: Installation): string | null {
  const folder = process.env['PILOTHOUSE_CHECKPOINTS'] ?? path.join(of.config.dataFolder, 'checkpoints')
  if (!existsSync(folder)) return null
  const aside = `${folder}-of-demo-${of.store.now().replace(/[:.]/g, '-')}`
  renameSync(folder, aside)
  return aside
}
export function loginLines(loaded: DemoLoaded): string[] {
  return [
    '',
    'Sign in as:',
    ...loaded.logins.map(
      (login) => `  ${login.roles.join(', ').padEnd(24)} ${login.email.padEnd(34)} ${login.password}`,
    ),
  ]
}
/** @returns how many incidents --scale asks for */
export function scaleOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (!/^\d{2,8}$/.test(text) || Number(text) < 100 || Number(text) > 10_000_000)
    throw new ConfigRefusal([{ where: '--scale', because: 'Give the number of incidents, from 100 to 10000000.' }])
  return Number(text)
}

export async function demoCommand(words: readonly string[]): Promise<number> {
  const options = readOptions(words, { values: ['scale'] })
  const [deed = 'load'] = options.words
  if (deed !== 'load' && deed !== 'remove')
    throw new ConfigRefusal([{ where: 'demo', because: 'Write demo load [--scale 100000] or demo remove.' }])
  return withInstallation(options, async (of) => {
    if (deed === 'remove') {
      const { rows } = await removeDemo(
        { db: of.db, catalogue: of.catalogue, now: () => of.store.now(), log: () => {} },
        of.files,
      )
      const checkpoints = setCheckpointsAside(of)
      const kept =
        checkpoints === null
          ? ''
          : `\nThe signed checkpoints of its journal are kept in ${checkpoints}; delete the folder if nobody needs to prove what was there.`
      tell(
        options,
        `The demonstration company is gone: ${rows.toLocaleString('en')} rows removed. The next start prints a set-up link.${kept}`,
        { rows, checkpoints },
      )
      return 0
    }
    const loaded = await fillWithDemo(
      of,
      scaleOf(options.values['scale']),
      options.flags.has('json') ? () => {} : (line) => console.log(`  ${line}`),
    )
    if (loaded !== null)
      tell(options, loginLines(loaded).join('\n'), {
        logins: loaded.logins,
        rows: loaded.rows,
        entries: loaded.entries,
      })
    return 0
  })
}
