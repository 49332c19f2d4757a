/** The demonstration company: `demo load`, `demo remove`, and `start --demo`. */
import { allReactions } from '#app'
import type { DemoLoaded } from '#demo'
import { loadDemo, removeDemo, writtenByPeople } from '#demo'
import { conflict } from '#kit/problem.ts'
import { run, sql } from '#kit/sql.ts'
import { ConfigRefusal } from '#platform/config.ts'
import { withInstallation } from './accounts.ts'
import type { Installation } from './installation.ts'
import { noted } from './backup/book.ts'
import { removeTraces } from './demo-traces.ts'
import type { Options } from './options.ts'
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
  const reactions = allReactions({
    store: of.store,
    publicUrl: of.config.publicUrl,
    jobs: { send: async () => null },
  })
  const names = reactions.map(({ name }) => name)
  const news = reactions.find(({ name }) => name === 'notices')
  return loadDemo(
    { db: of.db, catalogue: of.catalogue, now: () => of.store.now(), log: say, reactions: names, news },
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
  const options = readOptions(words, { values: ['scale'], flags: ['yes'] })
  const [deed = 'load'] = options.words
  if (deed !== 'load' && deed !== 'remove')
    throw new ConfigRefusal([{ where: 'demo', because: 'Write demo load [--scale 100000] or demo remove [--yes].' }])
  return withInstallation(options, async (of) => {
    if (deed === 'remove') return remove(of, options)
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

/** @throws a refusal (409) when people wrote something since, and --yes was not said */
async function remove(of: Installation, options: Options): Promise<number> {
  const written = options.flags.has('yes') ? 0 : await writtenByPeople(of)
  if (written > 0)
    throw conflict(
      `People have written ${written.toLocaleString('en')} ${written === 1 ? 'record' : 'records'} since the demonstration was loaded; they would go with it. Nothing was removed. Export what you want to keep, and run demo remove --yes.`,
    )
  const backups = await noted(of.db, 100_000)
  const { rows } = await removeDemo(
    { db: of.db, catalogue: of.catalogue, now: () => of.store.now(), log: () => {} },
    of.files,
  )
  const traces = await removeTraces(of, backups)
  const { backups: removed, isArchiveAnew, left } = traces
  const lines = [
    `The demonstration company is gone: ${rows.toLocaleString('en')} rows removed${removed > 0 ? `, and ${removed} ${removed === 1 ? 'backup' : 'backups'} of it` : ''}. The next start prints a set-up link.`,
    isArchiveAnew &&
      'The archive of the log was emptied as well and begins anew with a base backup, within a minute of the next start: no earlier moment can be brought back.',
    ...left,
  ]
  tell(options, lines.filter(Boolean).join('\n'), { rows, ...traces })
  return 0
}
