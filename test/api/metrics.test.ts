// /metrics as Prometheus sees it: promtool finds nothing to mend, and a real server scrapes it and answers from it.
import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { prometheusMissing, thePrometheus, type Prometheus } from '../setup/prometheus.ts'
import { freePort } from '../setup/port.ts'
import { startTestServer, type TestServer } from '../setup/server.ts'
import { unlessMissing } from '../setup/peers.ts'

const missing = unlessMissing(await prometheusMissing())
let server: TestServer
let tools: Prometheus
let folder: string
let prometheus: ChildProcess | null = null

describe('the metrics', { skip: missing }, () => {
  before(async () => {
    tools = thePrometheus()
    server = await startTestServer()
    folder = await mkdtemp(path.join(tmpdir(), 'pilothouse-prometheus-'))
    const { token } = server.people.agent
    for (let n = 0; n < 20; n++) await server.call('GET', '/incidents', { token })
    await server.call('GET', '/incidents?filter=nonsense', { token })
    await server.call('GET', '/nowhere/"quoted"\\n', { token })
    await server.call('GET', `/incidents/${'9'.repeat(14)}`, { token })
  })
  after(async () => {
    if (prometheus !== null && prometheus.exitCode === null) {
      prometheus.kill('SIGTERM')
      await once(prometheus, 'exit')
    }
    await rm(folder, { recursive: true, force: true })
  })

  it('are in the form of Prometheus, and promtool has nothing to say', async () => {
    const answer = await server.call('GET', '//metrics')
    assert.equal(answer.headers.get('content-type'), 'text/plain; version=0.0.4; charset=utf-8')
    const [code, said] = await judged(answer.text)
    assert.deepEqual([code, said], [0, ''])
    assert.notEqual(
      (await judged(`${answer.text}# TYPE bad_total gauge\nbad_total 1\nbad_total 2\n`))[1],
      '',
      'promtool does not judge at all',
    )
  })
  it('name routes, never what people asked for', async () => {
    const { text } = await server.call('GET', '//metrics')
    assert.match(text, /route="GET \/api\/v1\/incidents\/:id",status="404"/)
    for (const asked of ['nonsense', 'quoted', '9'.repeat(14)]) assert.ok(!text.includes(asked), asked)
  })
  it('are scraped by Prometheus, which answers how many requests there were', { timeout: 60_000 }, async () => {
    const port = await freePort()
    const config = path.join(folder, 'prometheus.yml')
    await writeFile(
      config,
      `global: {scrape_interval: 1s, scrape_timeout: 1s}\nscrape_configs:\n  - job_name: pilothouse\n    static_configs: [{targets: ['${new URL(server.url).host}']}]\n`,
    )
    prometheus = spawn(
      tools.prometheus,
      [
        `--config.file=${config}`,
        `--storage.tsdb.path=${path.join(folder, 'data')}`,
        `--web.listen-address=127.0.0.1:${port}`,
        '--log.level=error',
      ],
      { stdio: 'ignore' },
    )
    const ask = async (query: string): Promise<number | null> => {
      const answer = await fetch(`http://127.0.0.1:${port}/api/v1/query?query=${encodeURIComponent(query)}`).catch(
        () => null,
      )
      const body =
        answer === null ? null : ((await answer.json()) as { data: { result: { value: [number, string] }[] } })
      const value = body?.data.result[0]?.value[1]
      return value === undefined ? null : Number(value)
    }
    let requests: number | null = null
    for (let round = 0; round < 200 && requests === null; round++) {
      await sleep(200)
      requests = await ask('sum(pilothouse_request_duration_seconds_count{route="GET /api/v1/incidents",status="200"})')
    }
    assert.equal(requests, 20)
    assert.equal(await ask('up{job="pilothouse"}'), 1)
    const quantile = await ask(
      'histogram_quantile(0.95, sum by (le) (pilothouse_request_duration_seconds_bucket{route="GET /api/v1/incidents"}))',
    )
    assert.ok(quantile !== null && quantile > 0 && quantile <= 5)
    assert.ok(((await ask('process_resident_memory_bytes{job="pilothouse"}')) ?? 0) > 20e6)
  })
})

async function judged(text: string): Promise<[number | null, string]> {
  const promtool = spawn(tools.promtool, ['check', 'metrics'], { stdio: ['pipe', 'pipe', 'pipe'] })
  const said: string[] = []
  promtool.stdout.on('data', (chunk: Buffer) => said.push(chunk.toString()))
  promtool.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString()))
  promtool.stdin.end(text)
  const [code] = (await once(promtool, 'close')) as [number | null]
  return [code, said.join('')]
}
