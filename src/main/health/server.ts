/** Whether the server of this configuration runs and is ready, asked from outside as a visitor would. */
import type { HealthItem } from '#kit/routes/admin.ts'
import type { Config } from '#platform/config.ts'

const PATIENCE_MS = 3_000

export async function serverItem({ host, port }: Pick<Config, 'host' | 'port'>): Promise<HealthItem> {
  const near = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host
  const url = `http://${near}:${port}`
  const item = (state: HealthItem['state'], value: string, todo: string): HealthItem => ({ name: 'Server', state, value, todo }) // oxfmt-ignore
  try {
    const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(PATIENCE_MS), redirect: 'manual' })
    const said: unknown = await answer.json().catch(() => null)
    if (typeof said !== 'object' || said === null || !('ready' in said))
      return item('bad', `something else answers at ${url}`, 'Stop it, or choose another port: PORT=7301 npm start')
    if (said.ready === true) return item('good', `ready at ${url}`, '')
    const because = 'because' in said ? String(said.because) : 'It gives no reason.'
    return item('bad', `runs at ${url} and is not ready: ${because}`, 'It recovers by itself once that is mended.')
  } catch (error) {
    if (error instanceof Error && error.name === 'TimeoutError')
      return item('bad', `no answer at ${url} within 3 seconds`, 'Look at its log, and at what keeps the machine busy.')
    return item('bad', `not running: nothing listens at ${url}`, 'Start it: npm start, or your service manager.')
  }
}
