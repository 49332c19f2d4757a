/**
 * `npm run bench`: the bars of speed on the running product at 100,000 and 1,000,000 incidents, as a table.
 * `-- --size 100000` measures one size, `-- --only search` some cases, `-- --data <folder>` keeps the data elsewhere.
 * "bare" is what the machine gives with nothing of the product between (bare.ts), measured in the same run.
 * The data is loaded once; what a run creates goes into the bin at its end.
 */
import path from 'node:path'
import { authorisation } from './access.ts'
import { Client } from './client.ts'
import type { Figure, World } from './cases.ts'
import { counters, creation, lists, memory, record, report, search, underReport, verification } from './cases.ts'
import { engineBenches } from './engines.bench.ts'
import { importing } from './import.ts'
import type { Product } from './product.ts'
import { ensureData, quiet, startProduct } from './product.ts'
import { signIn } from './sign-in.ts'

const CASES = {
  report,
  lists,
  authorisation,
  search,
  record,
  counters,
  underReport,
  signIn,
  creation,
  import: importing,
  verification,
  memory,
}
/** Everything is at most this much slower at the large size. */
const GROWTH = 1.5
/** Below this, in ms, noise decides: a ratio says nothing. */
const NOISE_MS = 3

const option = (name: string): string | undefined => {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? undefined : process.argv[at + 1]
}
const sizes = option('size') === undefined ? [100_000, 1_000_000] : [Number(option('size'))]
const only = option('only')?.split(',')
const folder = path.resolve(option('data') ?? path.join(import.meta.dirname, '../data/bench'))

const results = new Map<number, Figure[]>()
for (const size of sizes) results.set(size, await measure(size))
const engines = only === undefined || only.includes('engines') ? await engineBenches() : []
process.exitCode = print(results, engines) ? 0 : 1

async function measure(size: number): Promise<Figure[]> {
  const place = path.join(folder, String(size))
  const loading = await ensureData(place, size)
  if (loading !== null) console.log(`${size.toLocaleString('en')} incidents loaded in ${loading.toFixed(0)} s`)
  const product = await startProduct(place)
  const client = new Client(product.url, product.token)
  const bare = new Client(product.bareUrl, '')
  try {
    await quiet(product)
    const world = await warm(client, bare, product)
    const made: Figure[] = []
    for (const [name, run] of Object.entries(CASES))
      if (only === undefined || only.includes(name)) made.push(...(await run(world)))
    return made
  } finally {
    client.close()
    bare.close()
    await product.stop()
  }
}

/** Takes words and numbers from the data itself, goes to a deep page, and lets caches fill once. */
async function warm(client: Client, bare: Client, product: Product): Promise<World> {
  const { memory: server, verify } = product
  interface Page {
    items: { id: number; subject: string }[]
    next: string | null
  }
  const page = await client.json<Page>({ path: '/api/v1/incidents?limit=100&sort=-openedAt' })
  const middle = await client.json<Page>({
    path: `/api/v1/incidents?limit=100&filter=${encodeURIComponent('openedAt<-300d')}&sort=-openedAt`,
  })
  const words = [
    ...new Set(
      [...page.items, ...middle.items]
        .flatMap((row) => row.subject.split(/[^\p{L}\p{N}]+/u))
        .filter((word) => word.length > 3),
    ),
  ]
  const mixed = [
    ...words.slice(0, 60),
    ...words.slice(0, 20).map((word, at) => `${word} ${words[(at * 7 + 3) % words.length]}`),
    'zzzz',
    'the',
    'e',
    'printer scanner',
    'network',
  ]
  let deepCursor = ''
  for (let pages = 0; pages < 60; pages++) {
    const answer: Page = await client.json({
      path: `/api/v1/incidents?limit=500&filter=${encodeURIComponent('status:closed')}&sort=-openedAt&fields=subject${deepCursor === '' ? '' : `&after=${deepCursor}`}`,
    })
    if (answer.next === null) break // fewer than that: the last page is the deepest
    deepCursor = answer.next
  }
  const numbers = [...page.items, ...middle.items].map((row) => row.id)
  const world: World = { product, client, bare, words: mixed, numbers, deepCursor, server, verify }
  for (const word of mixed.slice(0, 40))
    await client.ask({ path: `/api/v1/incidents?limit=50&q=${encodeURIComponent(`${word} `)}` })
  return world
}

function print(all: ReadonlyMap<number, readonly Figure[]>, more: readonly Figure[]): boolean {
  const largest = Math.max(...all.keys())
  const smallest = Math.min(...all.keys())
  let isGood = true
  console.log(
    `\n${'what'.padEnd(52)} ${'value'.padStart(10)} ${'bar'.padStart(10)}  ${'at ' + smallest.toLocaleString('en')}  ratio  ${'bare'.padStart(8)} of it`,
  )
  for (const figure of [...(all.get(largest) ?? []), ...more]) {
    const small = largest === smallest ? undefined : all.get(smallest)?.find((one) => one.name === figure.name)
    const ratio =
      small === undefined ? null : figure.better === 'lower' ? figure.value / small.value : small.value / figure.value
    const isWithin = figure.better === 'lower' ? figure.value <= figure.bar : figure.value >= figure.bar
    const grows = ratio !== null && ratio > GROWTH && !(figure.unit === 'ms' && figure.value < NOISE_MS)
    if (!isWithin || grows) isGood = false
    const shown = (value: number): string => (value >= 1000 ? Math.round(value).toLocaleString('en') : value.toFixed(1))
    const { bare } = figure
    const ofBare = bare === undefined ? '' : `${shown(bare).padStart(8)} ${(figure.value / bare).toFixed(2)}`
    console.log(
      `${figure.name.padEnd(52)} ${`${shown(figure.value)} ${figure.unit}`.padStart(10)} ${shown(figure.bar).padStart(10)}  ${small === undefined ? '' : shown(small.value).padStart(10)}  ${(ratio?.toFixed(2) ?? '').padStart(5)}  ${ofBare.padStart(14)} ${isWithin ? '' : 'MISSED'}${grows ? ` GROWS` : ''}`,
    )
  }
  return isGood
}
