/** Signing in with a password: eight people at once, at the recommended cost of argon2id, without holding anybody else up. */
import type { Figure, World } from './cases.ts'
import type { Client } from './client.ts'
import { figures } from './client.ts'

const AT = 8
const SECONDS = 8
const PASSWORD = 'four quiet winter lanterns'
const email = (n: number): string => `bench-${n}@harbourworks.example`

/** The bars: sign-in p95 ≤ 400 ms at eight at once; the event loop's delay meanwhile stays that of an idle server (p99 ≤ 20 ms). */
export async function signIn({ client, product }: World): Promise<Figure[]> {
  // One account each: tries of one account that come at once are counted as guesses.
  for (let n = 0; n < AT; n++)
    await product.command(
      ['user', 'add', '--email', email(n), '--name', `Bench ${n}`, '--role', 'requester', '--password-stdin'],
      `${PASSWORD}\n`,
    )
  await Promise.all(Array.from({ length: AT }, (_, n) => once(client, n)))
  await client.ask({ path: '/metrics' })
  const until = performance.now() + SECONDS * 1000
  const began = performance.now()
  const times: number[] = []
  const others: number[] = []
  const person = async (n: number): Promise<void> => {
    while (performance.now() < until) times.push(await once(client, n))
  }
  const reader = async (): Promise<void> => {
    while (performance.now() < until) {
      const start = performance.now()
      await client.json({ path: '/api/v1/me' })
      others.push(performance.now() - start)
      await new Promise((next) => setTimeout(next, 20))
    }
  }
  await Promise.all([...Array.from({ length: AT }, (_, n) => person(n)), reader()])
  const load = figures(times, performance.now() - began)
  const metrics = (await client.ask({ path: '/metrics' })).text
  const delay = Number(/^nodejs_eventloop_delay_p99_seconds (\S+)$/m.exec(metrics)?.[1] ?? Number.NaN) * 1000
  return [
    { name: 'sign-in by password, p95 at 8', value: load.p95, unit: 'ms', bar: 400, better: 'lower' },
    { name: 'event-loop delay while signing in, p99', value: delay, unit: 'ms', bar: 20, better: 'lower' },
    { name: 'somebody else’s request meanwhile, p95', value: figures(others, 1).p95, unit: 'ms', bar: 50, better: 'lower' }, // oxfmt-ignore
  ]
}
async function once(client: Client, n: number): Promise<number> {
  const start = performance.now()
  const answer = await client.ask({
    method: 'POST',
    path: '/api/v1/session',
    body: { email: email(n), password: PASSWORD },
    headers: { 'sec-fetch-site': 'same-origin', authorization: '' },
  })
  if (answer.status !== 200) throw new Error(`Signing in answered ${answer.status}: ${answer.text.slice(0, 300)}`)
  return performance.now() - start
}
