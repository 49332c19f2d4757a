/** What is measured on the running product, each with its bar from the requirements. */
import type { Ask, Client } from './client.ts'
import type { Product } from './product.ts'

export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly bar: number
  readonly better: 'lower' | 'higher'
  /** The same asked of `bare.ts` in the same seconds: what the machine gives with nothing of the product between. */
  readonly bare?: number
}
export interface World {
  readonly product: Product
  readonly client: Client
  readonly bare: Client
  /** Words of the data: in one record, in many, in nearly all. */
  readonly words: readonly string[]
  readonly numbers: readonly number[]
  readonly deepCursor: string
  readonly server: () => { rssMb: number; databaseMb: number }
  readonly verify: Product['verify']
}
const LIST = '/api/v1/incidents?limit=50'
const OPEN = encodeURIComponent('status:new,assigned,working,waiting')
export const FIRST_PAGES = [
  `${LIST}&filter=${OPEN}&sort=priority,-openedAt`,
  `${LIST}&filter=${encodeURIComponent('status:closed')}&sort=-openedAt`,
  `${LIST}&filter=${encodeURIComponent('priority:P1,P2')}&sort=-openedAt`,
  `${LIST}&filter=${OPEN}&sort=dueAt`,
  `${LIST}&sort=-openedAt`,
]

export async function lists({ client, bare, deepCursor }: World): Promise<Figure[]> {
  const first = await client.load((n) => ({ path: FIRST_PAGES[n % FIRST_PAGES.length] ?? LIST }), { seconds: 6, at: 8 })
  const deep = await client.load(
    () => ({ path: `${LIST}&filter=${encodeURIComponent('status:closed')}&sort=-openedAt&after=${deepCursor}` }),
    { seconds: 4, at: 8 },
  )
  const { p95, rate } = await bare.load(() => ({ path: '/list' }), { seconds: 4, at: 8 })
  return [
    { name: 'list of 50, first page, p95 at 8', value: first.p95, unit: 'ms', bar: 25, better: 'lower', bare: p95 },
    {
      name: 'list of 50, first page, rate at 8',
      value: first.rate,
      unit: '/s',
      bar: 400,
      better: 'higher',
      bare: rate,
    },
    { name: 'list of 50, deep page, p95 at 8', value: deep.p95, unit: 'ms', bar: 25, better: 'lower', bare: p95 },
    { name: 'list of 50, deep page, rate at 8', value: deep.rate, unit: '/s', bar: 400, better: 'higher', bare: rate },
  ]
}
export async function search({ client, words }: World): Promise<Figure[]> {
  const load = await client.load(
    (n) => ({ path: `${LIST}&total=true&q=${encodeURIComponent(`${words[n % words.length]} `)}` }),
    { seconds: 8, at: 1 },
  )
  const palette = await client.load(
    (n) => ({ path: `/api/v1/search?q=${encodeURIComponent(words[n % words.length] ?? '')}` }),
    { seconds: 5, at: 1 },
  )
  const mistyped = words.filter((word) => /^\p{L}{6,}$/u.test(word)).map(mistype)
  const wrong = (n: number): Ask => ({
    path: `${LIST}&total=true&meant=true&q=${encodeURIComponent(`${mistyped[n % mistyped.length]} `)}`,
  })
  await counted(client, wrong)
  const guessed = await client.load(wrong, { seconds: 8, at: 1 })
  const guessedOfAll = await client.load(
    (n) => ({ path: `/api/v1/search?q=${encodeURIComponent(mistyped[n % mistyped.length] ?? '')}` }),
    { seconds: 5, at: 1 },
  )
  return [
    { name: 'search with a mistyped word, p95 at 1', value: guessed.p95, unit: 'ms', bar: 100, better: 'lower' },
    { name: 'palette with a mistyped word, p95 at 1', value: guessedOfAll.p95, unit: 'ms', bar: 100, better: 'lower' },
    { name: 'words search with count, p95 at 1', value: load.p95, unit: 'ms', bar: 50, better: 'lower' },
    { name: 'palette search over all records, p95 at 1', value: palette.p95, unit: 'ms', bar: 100, better: 'lower' },
  ]
}
/** printer → pritner */
function mistype(word: string): string {
  return word.slice(0, 3) + (word[4] ?? '') + (word[3] ?? '') + word.slice(5)
}
/** Words are counted by a background job within the first minutes after the start. */
async function counted(client: Client, wrong: (n: number) => Ask): Promise<void> {
  for (let n = 0; n < 600; n++) {
    const answer = await client.json<{ meant?: string | null }>(wrong(n))
    if (typeof answer.meant === 'string') return
    await new Promise((done) => setTimeout(done, 500))
  }
  throw new Error('No proposal was made for any mistyped word within five minutes.')
}
export async function record({ client, bare, numbers }: World): Promise<Figure[]> {
  const times = await client.load((n) => ({ path: `/api/v1/incidents/${numbers[n % numbers.length]}` }), {
    seconds: 3,
    at: 1,
  })
  const past = await client.load(
    (n) => ({ path: `/api/v1/incidents/${numbers[n % numbers.length]}/history?limit=20` }),
    { seconds: 3, at: 1 },
  )
  const plain = await bare.load((n) => ({ path: `/record?id=${numbers[n % numbers.length]}` }), { seconds: 3, at: 1 })
  return [
    {
      name: 'one incident and its last 20 changes, p95 (sum)',
      value: times.p95 + past.p95,
      unit: 'ms',
      bar: 10,
      better: 'lower',
      bare: 2 * plain.p95,
    },
  ]
}
export async function creation({ client, bare }: World): Promise<Figure[]> {
  const one = (n: number): Ask => ({
    method: 'POST',
    path: '/api/v1/incidents',
    body: {
      subject: `Bench ${n}: the scanner in hall ${n % 90} stopped`,
      impact: 'team',
      urgency: 'normal',
      description: 'It worked yesterday and stopped this morning.',
      requester: 1 + (n % 500),
      service: 1 + (n % 20),
      channel: 'portal',
    },
  })
  // The first second plans statements and compiles code.
  await client.load(one, { seconds: 2, at: 16 })
  const load = await client.load(one, { seconds: 8, at: 16 })
  const { p95, rate } = await bare.load((n) => ({ ...one(n), path: '/create' }), { seconds: 4, at: 16 })
  await binned(client)
  return [
    { name: 'create with journal, rate at 16', value: load.rate, unit: '/s', bar: 800, better: 'higher', bare: rate },
    { name: 'create with journal, p95 at 16', value: load.p95, unit: 'ms', bar: 40, better: 'lower', bare: p95 },
  ]
}
/** Open work that nobody has would be in every later run's data. */
async function binned(client: Client): Promise<void> {
  for (;;) {
    const { items } = await client.json<{ items: { id: number; rev: number }[] }>({
      path: `/api/v1/incidents?limit=500&sort=-id&fields=subject&filter=${encodeURIComponent('status:new channel:portal createdAt>-1h')}&q=${encodeURIComponent('bench ')}`,
    })
    if (items.length === 0) return
    for (let from = 0; from < items.length; from += 8)
      await Promise.all(
        items
          .slice(from, from + 8)
          .map(({ id, rev }) =>
            client.ask({ method: 'DELETE', path: `/api/v1/incidents/${id}`, headers: { 'if-match': `"${rev}"` } }),
          ),
      )
  }
}
export async function counters({ client }: World): Promise<Figure[]> {
  const load = await client.load(
    (n) => ({
      path: n % 2 === 0 ? '/api/v1/incidents/groups?by=status,priority' : '/api/v1/incidents/groups?by=priority',
    }),
    { seconds: 3, at: 1 },
  )
  const bridge = await client.load(() => ({ path: '/api/v1/bridge' }), { seconds: 4, at: 1 })
  return [
    { name: 'dashboard counters, p95', value: load.p95, unit: 'ms', bar: 10, better: 'lower' },
    { name: 'whole bridge, p95', value: bridge.p95, unit: 'ms', bar: 100, better: 'lower' },
  ]
}
export async function report({ client }: World): Promise<Figure[]> {
  const began = performance.now()
  await client.json({ path: '/api/v1/reports/service-levels?by=month' })
  const cold = performance.now() - began
  const warm = await client.load(() => ({ path: '/api/v1/reports/service-levels?by=month' }), { seconds: 2, at: 1 })
  return [
    { name: 'service-level report by month, cold', value: cold, unit: 'ms', bar: 2000, better: 'lower' },
    { name: 'service-level report by month, warm p95', value: warm.p95, unit: 'ms', bar: 50, better: 'lower' },
  ]
}
/** Lists while a report that cannot be cached runs again and again. */
export async function underReport({ client }: World): Promise<Figure[]> {
  const over = new AbortController()
  const reports = (async () => {
    let n = 0
    while (!over.signal.aborted) {
      await client.json({
        path: `/api/v1/incidents/groups?by=openedAt:month,service&filter=${encodeURIComponent(`reopenCount<${100 + n}`)}`,
      })
      n++
    }
    return n
  })()
  await client.ask({ path: '/metrics' })
  const load = await client.load((n) => ({ path: FIRST_PAGES[n % FIRST_PAGES.length] ?? LIST }), { seconds: 8, at: 4 })
  over.abort()
  const metrics = (await client.ask({ path: '/metrics' })).text
  await reports
  const stall = Number(/^nodejs_eventloop_stall_seconds (\S+)$/m.exec(metrics)?.[1] ?? Number.NaN) * 1000
  return [
    { name: 'lists while a report loops, p99 at 4', value: load.p99, unit: 'ms', bar: 50, better: 'lower' },
    { name: 'worst event-loop stall meanwhile', value: stall, unit: 'ms', bar: 50, better: 'lower' },
  ]
}
/** What is sealed is verified by the command, in a process of its own; the server is idle meanwhile. */
export async function verification({ verify }: World): Promise<Figure[]> {
  let found = await verify()
  // What was just loaded is sealed in the background first.
  for (let tries = 0; found.ok && found.pending > 0 && tries < 300; tries++) {
    await new Promise((done) => setTimeout(done, 2_000))
    found = await verify()
  }
  const { entries, tookMs, ok, commandMs, databaseMs } = found
  if (!ok) throw new Error('The journal is not whole.')
  const per = (ms: number): string => ((ms / entries) * 1000).toFixed(1)
  console.log(
    `audit verify: ${entries.toLocaleString('en')} entries in ${(tookMs / 1000).toFixed(1)} s; on processors, for 1,000 entries: the command with its start ${per(commandMs)} ms, the database ${per(databaseMs)} ms (two processors have 10 ms at the bar)`,
  )
  return [
    {
      name: 'audit verify, entries',
      value: (entries / tookMs) * 1000,
      unit: '/s',
      bar: 200_000,
      better: 'higher',
    },
  ]
}
export async function memory({ server }: World): Promise<Figure[]> {
  await new Promise((done) => setTimeout(done, 15_000))
  const { rssMb, databaseMb } = server()
  return [
    { name: 'server process after the load', value: rssMb, unit: 'MB', bar: 250, better: 'lower' },
    { name: 'database processes after the load', value: databaseMb, unit: 'MB', bar: 400, better: 'lower' },
  ]
}
