/** What this process watches of its surroundings: the clock of the machine, how quick the disk is, what browsers refuse. */
import type { HealthItem } from '#kit/routes/admin.ts'
import { ClockWatch } from '#platform/clock.ts'
import type { Log } from '#platform/log.ts'
import { Pace } from '#platform/pace.ts'
import { PolicyReports } from '#platform/policy-reports.ts'
import { health } from './health.ts'
import { withJump } from './health/database.ts'
import { paceItem } from './health/pace.ts'
import { policyItem } from './health/policy.ts'
import type { Installation } from './installation.ts'
import { portsOf } from './parts.ts'

const CLOCK_LOOK_MS = 2_000

export class Watches {
  readonly clock = new ClockWatch()
  readonly pace: Pace
  readonly reports: PolicyReports
  readonly #of: Installation
  readonly #log: Log
  constructor(of: Installation, log: Log) {
    this.#of = of
    this.#log = log
    this.pace = new Pace(of.door)
    this.reports = new PolicyReports((report) => log.warn({ report }, 'a browser refused what a page tried'))
  }
  /** @returns ends it */
  start(): () => Promise<void> {
    const timer = setInterval(() => this.#lookAtClock(), CLOCK_LOOK_MS).unref()
    this.pace.start()
    return async () => {
      clearInterval(timer)
      await this.pace.stop()
    }
  }
  /** Every line of the health page. */
  async health(): Promise<HealthItem[]> {
    const of = this.#of
    const { key, sink } = portsOf(of)
    return [
      ...(await health(of, { key, sink })).map((item) => withJump(item, this.clock.last, of.store.now())),
      paceItem(this.pace.medianMs),
      policyItem(this.reports),
    ]
  }
  #lookAtClock(): void {
    const jump = this.clock.look()
    if (jump !== null) this.#log.warn({ jump }, 'the clock of this machine was set, or the machine slept')
  }
}
