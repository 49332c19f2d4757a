/** What authorisation costs: the same lists for somebody who may read everything and for somebody whose scope is looked at row by row. */
import type { Figure, World } from './cases.ts'
import { FIRST_PAGES } from './cases.ts'
import { Client } from './client.ts'
import type { Product } from './product.ts'

const EMAIL = 'bench-scoped@harbourworks.example'
/** Those of the lists, of incidents that have a unit: what has none is in nobody's unit. */
const PAGES = FIRST_PAGES.map((path) =>
  path.includes('&filter=') ? path.replace('&filter=', '&filter=unit%3Aany%20') : `${path}&filter=unit%3Aany`,
)
const ROUNDS = 24
const REQUESTS = 60

/**
 * Processor time of server and database a request, not time on the clock: neighbours do not count. The two take turns, and
 * the median of the rounds is compared. The scoped agent's unit is the top one, so that both read the same rows.
 */
export async function authorisation({ client, product }: World): Promise<Figure[]> {
  const scoped = await scopedAgent(client, product)
  try {
    for (const path of PAGES) await sameRows(client, scoped, path)
    const [all, some]: [number[], number[]] = [[], []]
    for (let round = 0; round < ROUNDS; round++)
      for (const [who, costs] of round % 2 === 0
        ? ([
            [client, all],
            [scoped, some],
          ] as const)
        : ([
            [scoped, some],
            [client, all],
          ] as const))
        // oxfmt-ignore
        costs.push(await cost(who, product))
    const [free, checked] = [median(all), median(some)]
    console.log(
      `a list of 50: ${free.toFixed(2)} ms of processor without access conditions, ${checked.toFixed(2)} ms with`,
    )
    return [
      { name: 'authorisation, of the cost of a list', value: (checked / free - 1) * 100, unit: '%', bar: 10, better: 'lower' }, // oxfmt-ignore
    ]
  } finally {
    scoped.close()
  }
}
async function cost(who: Client, product: Product): Promise<number> {
  // A database process that was just put to sleep or woken is not what is measured.
  await asked(who, PAGES.length)
  const before = product.cpuMs()
  await asked(who, REQUESTS)
  return (product.cpuMs() - before) / REQUESTS
}
async function asked(who: Client, times: number): Promise<void> {
  for (let n = 0; n < times; n++) await who.json({ path: PAGES[n % PAGES.length] ?? '' })
}
async function sameRows(one: Client, other: Client, path: string): Promise<void> {
  const [ours, theirs] = await Promise.all([one, other].map((who) => who.json<{ items: { id: number }[] }>({ path })))
  const ids = (page: typeof ours): string => (page?.items ?? []).map(({ id }) => id).join()
  if (ids(ours) !== ids(theirs)) throw new Error(`${path} shows other rows within the scope: nothing can be compared.`)
}
function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

/** An agent of the top unit and everything below it; made once. */
async function scopedAgent(client: Client, product: Product): Promise<Client> {
  await product.command(['user', 'add', '--email', EMAIL, '--name', 'Bench Scoped', '--role', 'requester', '--password-stdin'], 'four quiet winter lanterns\n') // oxfmt-ignore
  const person = await client.json<{ items: { id: number }[] }>({ path: `/api/v1/persons?filter=${encodeURIComponent(`email:"${EMAIL}"`)}` }) // oxfmt-ignore
  const tops = await client.json<{ items: { id: number }[] }>({ path: `/api/v1/units?limit=50&filter=${encodeURIComponent('parent:none')}` }) // oxfmt-ignore
  for (const { id } of tops.items) {
    const body = { person: person.items[0]?.id, role: 'agent', scope: 'unit', at: id }
    const made = await client.ask({ method: 'POST', path: '/api/v1/grants', body })
    if (![201, 409].includes(made.status)) throw new Error(`The grant was answered ${made.status}: ${made.text}`)
  }
  const token = await product.command(['token', 'create', '--email', EMAIL, '--name', 'bench'])
  return new Client(product.url, token.trim())
}
