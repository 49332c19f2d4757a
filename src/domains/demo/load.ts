/** Loads the demonstration company: two years of history in one transaction, so that it is there as a whole or not at all. */
import type { Catalogue } from '#kit/catalogue.ts'
import type { Database, Tx } from '#kit/database.ts'
import { conflict } from '#kit/problem.ts'
import { BESIDE } from '#kit/demo-beside.ts'
import type { Reaction } from '#kit/reaction.ts'
import { foldAllTallies } from '#kit/tally.ts'
import { wordsAreNew } from '#kit/words-again.ts'
import { makeAbsences } from './absences.ts'
import { Book } from './book.ts'
import { Casting } from './cast.ts'
import type { Cast } from './cast.ts'
import { makeCatalogue } from './catalogue.ts'
import { Dice } from './dice.ts'
import { Figures } from './figures.ts'
import { Desk } from './incidents.ts'
import { buildIndexes, dropIndexes } from './indexes.ts'
import { makeHours, makeLevels } from './levels.ts'
import type { Login } from './logins.ts'
import { makeLogins } from './logins.ts'
import { MajorTeller } from './majors.ts'
import { season } from './season.ts'
import type { Day } from './season.ts'
import { tellNews } from './news.ts'
import { Seeds } from './seeds.ts'
import { ZONE } from './site-plan.ts'
import { makeSteering } from './steering.ts'

export interface DemoParts {
  readonly db: Database
  readonly catalogue: Catalogue
  readonly now: () => string
  readonly log: (line: string) => void
  /** Told how many incidents are told, now and then. */
  readonly told?: (incidents: number) => void
  /** Names of reactions that shall not follow the demonstration's past: what they would do is told already. */
  readonly reactions?: readonly string[]
  /** The reaction that fills inboxes: it is given the newest days. Without it they begin empty. */
  readonly news?: Reaction | undefined
}
export interface DemoSize {
  /** 18,000 when absent. */
  readonly incidents?: number
  /** 1,200 when absent; at least 120. */
  readonly persons?: number
  /** Told in full when absent: about seven entries. A number keeps near it on average, three at least. */
  readonly journalPerIncident?: number
}
export interface DemoLoaded {
  readonly org: number
  readonly logins: readonly Login[]
  readonly rows: Readonly<Record<string, number>>
  readonly entries: number
}

export const DEMO_ORG = 1
const STEPS = 20
const DAY = 86_400_000
const YEARS = 2
/** Stories in memory at once. */
const SET = 3000
/** From here on indexes are built afterwards. */
const LARGE = 5_000

interface DemoWish {
  readonly seed?: number
  readonly scale?: DemoSize
  /** In an organisation of its own (see `#kit/demo-beside.ts`), whatever else is here; nobody signs in to it. */
  readonly isBeside?: boolean
}
/**
 * Writes Harbour Works into an empty installation, or beside what is there. The same seed, size and now give the same rows, apart from passwords.
 * @throws a refusal (409) when it, or without `isBeside` any organisation, is here already
 */
export async function loadDemo(
  parts: DemoParts,
  { seed = 7, scale = {}, isBeside = false }: DemoWish = {},
): Promise<DemoLoaded> {
  const now = new Date(parts.now()).toISOString()
  const incidents = scale.incidents ?? 18_000
  const org = isBeside ? BESIDE : DEMO_ORG
  const loaded = await parts.db.transaction(async (tx) => {
    await (isBeside ? refuseTwice(tx) : refuseUnlessEmpty(tx))
    await tx.query('select journal_partition($1::timestamptz::date)', [now])
    const isLarge = incidents >= LARGE && !isBeside
    const indexes = isLarge ? await dropIndexes(tx) : []
    await tx.query("insert into organisation (id, name, time_zone, settings) values ($1, 'Harbour Works', $2, $3)", [
      org,
      ZONE,
      JSON.stringify({ demo: true, seed }),
    ])
    const book = new Book({ tx, org, now, dice: new Dice(`${seed}/book`) })
    const cast = await tell({ ...parts, now, seed, scale, incidents, book })
    const logins = await makeLogins(tx, org, cast)
    await wordsAreNew(tx, { org, records: parts.catalogue.records, now })
    // Beside one's own data the reactions go on where they are; they know what was told (`isTold`).
    for (const name of isBeside ? [] : (parts.reactions ?? [])) await passOver(tx, name)
    await buildIndexes(tx, indexes, parts.log)
    return { org, logins, ...book.written }
  })
  await foldAllTallies(parts.db)
  parts.log('counting for the planner')
  for (const { table } of parts.catalogue.records) await parts.db.query(`analyze ${table}`)
  for (const table of ['incident_search', 'person_search', 'journal', 'clock', 'tally'])
    await parts.db.query(`analyze ${table}`)
  if (parts.news !== undefined) await tellNews(parts.db, { org, now, by: parts.news })
  return loaded
}

async function refuseUnlessEmpty(tx: Tx): Promise<void> {
  const found = await tx.query<{ name: string }>(
    'select name from organisation union all select name from person limit 1',
  )
  const first = found[0]
  if (first !== undefined)
    throw conflict(
      `The demonstration goes into an empty installation only, and here is "${first.name}" already. Start with another data folder: PILOTHOUSE_DATA=./demo npm start -- --demo.`,
    )
}

async function refuseTwice(tx: Tx): Promise<void> {
  const found = await tx.query('select 1 as one from organisation where id = $1', [BESIDE])
  if (found.length > 0) throw conflict('The demonstration company is here already.')
}

/** The reaction begins after the last entry of this transaction. */
async function passOver(tx: Tx, reaction: string): Promise<void> {
  await tx.query(
    "insert into reaction_cursor (name, xid, id) values ($1, journal_xid(), 'ffffffff-ffff-ffff-ffff-ffffffffffff') on conflict (name) do update set xid = excluded.xid, id = excluded.id",
    [reaction],
  )
}

interface Telling extends Omit<DemoParts, 'now'> {
  readonly now: string
  readonly seed: number
  readonly scale: DemoSize
  readonly incidents: number
  readonly book: Book
}
async function tell({ book, log, told: say, now, seed, scale, incidents }: Telling): Promise<Cast> {
  const nowMs = Math.floor(Date.parse(now) / 1000) * 1000
  const startMs = nowMs - YEARS * 365 * DAY
  const dice = new Dice(String(seed))
  const cast = new Casting({
    book,
    dice: dice.named('cast'),
    persons: Math.max(120, scale.persons ?? 1200),
    startMs,
    nowMs,
  }).make()
  const step = { at: startMs - 15 * DAY, by: cast.manager.ref }
  const hours = await makeHours(book, step, nowMs)
  const office = hours.sites.get('HAM') ?? hours.desk
  const offer = makeCatalogue(book, cast, { plant: hours.plant.ref, office: office.ref }, step)
  const levels = makeLevels(book, cast, hours, { services: offer.services, step })
  const away = makeAbsences({ book, cast, dice: dice.named('absences'), startMs, nowMs })
  log(`${cast.everybody.length.toLocaleString('en')} persons, ${offer.services.size} services`)
  await book.flush()
  const days = season({ startMs, nowMs, office: office.calendar, dice: dice.named('season') })
  const seeds = new Seeds({ days, incidents, offer, everybody: cast.everybody, dice: dice.named('seeds'), nowMs })
  const figures = new Figures()
  const majors = new MajorTeller({ book, cast, dice: dice.named('majors'), nowMs })
  const desk = new Desk({
    book,
    cast,
    offer,
    levels,
    away,
    dice: dice.named('desk'),
    nowMs,
    figures,
    majors,
    mostEntries: scale.journalPerIncident ?? null,
  })
  await tellDays({ book, log, told: say, days, seeds, desk, incidents })
  makeSteering({ book, cast, dice: dice.named('steering'), figures, startMs, nowMs })
  await book.close()
  return cast
}

async function tellDays({
  book,
  log,
  told: say,
  days,
  seeds,
  desk,
  incidents,
}: {
  book: Book
  log: (line: string) => void
  told: DemoParts['told'] | undefined
  days: readonly Day[]
  seeds: Seeds
  desk: Desk
  incidents: number
}): Promise<void> {
  let told = 0
  let said = 0
  for (const ofDay of seeds.all()) {
    for (const seed of ofDay) {
      desk.tell(seed)
      told++
      if (told % Math.ceil(incidents / STEPS) === 0) say?.(told)
      // Lets the connection send what waits: telling and writing then share two cores.
      if (told % 100 === 0) await new Promise((resolve) => setImmediate(resolve))
      if (book.waiting >= SET) await book.flush()
    }
    if (told - said < incidents / 10) continue
    said = told
    log(`${told.toLocaleString('en')} of ${incidents.toLocaleString('en')} incidents (${days.length} days)`)
  }
}
