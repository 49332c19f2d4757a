/** /metrics in the Prometheus text format 0.0.4: requests by route, the process, the database, jobs. */
import { monitorEventLoopDelay } from 'node:perf_hooks'

const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5] as const
const RESOLUTION_MS = 10
interface Series {
  readonly buckets: number[]
  sum: number
  count: number
}
export interface Gauge {
  readonly name: string
  readonly help: string
  readonly value: number
}

export class Metrics {
  readonly #requests = new Map<string, Series>()
  readonly #delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  constructor() {
    this.#delay.enable()
  }

  observe(route: string, status: number, seconds: number): void {
    const key = `route="${escape(route)}",status="${status}"`
    const series = this.#requests.get(key) ?? { buckets: BUCKETS.map(() => 0), sum: 0, count: 0 }
    this.#requests.set(key, series)
    series.sum += seconds
    series.count++
    BUCKETS.forEach((bound, index) => {
      if (seconds <= bound) series.buckets[index] = (series.buckets[index] ?? 0) + 1
    })
  }
  /** How late the event loop was since the last call, in seconds: at worst, and for all but one turn in a hundred. */
  stalls(): { readonly worst: number; readonly p99: number } {
    const late = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e9 - RESOLUTION_MS / 1000)
    const found = { worst: late(this.#delay.max), p99: late(this.#delay.percentile(99)) }
    this.#delay.reset()
    return found
  }

  text(gauges: readonly Gauge[]): string {
    const memory = process.memoryUsage()
    const cpu = process.cpuUsage()
    const stalls = this.stalls()
    const lines = [
      ...gauge({
        name: 'process_resident_memory_bytes',
        help: 'Resident memory of the server process.',
        value: memory.rss,
      }),
      ...gauge({ name: 'nodejs_heap_used_bytes', help: 'Heap in use.', value: memory.heapUsed }),
      ...gauge({
        name: 'nodejs_eventloop_stall_seconds',
        help: 'Worst stall of the event loop since the last scrape.',
        value: stalls.worst,
      }),
      ...gauge({
        name: 'nodejs_eventloop_delay_p99_seconds',
        help: 'How late the event loop was for all but one turn in a hundred since the last scrape.',
        value: stalls.p99,
      }),
      '# HELP process_cpu_seconds_total Processor time of the server process.',
      '# TYPE process_cpu_seconds_total counter',
      `process_cpu_seconds_total ${(cpu.user + cpu.system) / 1e6}`,
      ...gauges.flatMap(gauge),
      '# HELP pilothouse_request_duration_seconds Time to answer, by route and status.',
      '# TYPE pilothouse_request_duration_seconds histogram',
      ...[...this.#requests].flatMap(([labels, series]) => histogram(labels, series)),
    ]
    return `${lines.join('\n')}\n`
  }
}
function gauge({ name, help, value }: Gauge): string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, `${name} ${value}`]
}
function histogram(labels: string, series: Series): string[] {
  const name = 'pilothouse_request_duration_seconds'
  return [
    ...BUCKETS.map((bound, index) => `${name}_bucket{${labels},le="${bound}"} ${series.buckets[index] ?? 0}`),
    `${name}_bucket{${labels},le="+Inf"} ${series.count}`,
    `${name}_sum{${labels}} ${series.sum}`,
    `${name}_count{${labels}} ${series.count}`,
  ]
}
function escape(text: string): string {
  return text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n')
}
