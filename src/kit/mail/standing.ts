/** How outgoing mail stands: for the health page, the doctor, the metrics and Settings, Mail. */
import type { Sql } from '#kit/database.ts'
import { run, sql } from '#kit/sql.ts'

export interface MailStanding {
  readonly isOn: boolean
  /** Since when the server cannot be used; null while it can. */
  readonly failingSince: string | null
  readonly lastError: string | null
  readonly lastDeliveredAt: string | null
  /** When the server is tried again. */
  readonly nextAt: string | null
  /** Queued and under way. */
  readonly waiting: number
  readonly oldestAt: string | null
  readonly held: number
  /** In the last seven days. */
  readonly failed: number
}
/** Of one organisation, or (null) the whole installation: there the organisation that fares worst speaks. */
export async function mailStanding(on: Sql, org: number | null): Promise<MailStanding> {
  const [servers, [counts]] = await Promise.all([
    run<{
      isOn: boolean
      failingSince: string | null
      lastError: string | null
      lastDeliveredAt: string | null
      nextAt: string
    }>(
      on,
      sql`select (settings->>'isOn')::boolean as "isOn", failing_since as "failingSince", last_error as "lastError", last_delivered_at as "lastDeliveredAt", next_at as "nextAt"
        from mail_server where ${org}::integer is null or org = ${org} order by (settings->>'isOn')::boolean desc, failing_since nulls last, last_delivered_at nulls first limit 1`,
    ),
    run<{ waiting: number; oldestAt: string | null; held: number; failed: number }>(
      on,
      sql`select (select count(*) from mail where state in ('queued', 'sending') and (${org}::integer is null or org = ${org})) as waiting,
        (select min(created_at) from mail where state in ('queued', 'sending') and (${org}::integer is null or org = ${org})) as "oldestAt",
        (select count(*) from mail where state = 'held' and (${org}::integer is null or org = ${org})) as held,
        (select count(*) from mail where state = 'failed' and ended_at > now() - interval '7 days' and (${org}::integer is null or org = ${org})) as failed`,
    ),
  ])
  const [server] = servers
  const { waiting = 0, oldestAt = null, held = 0, failed = 0 } = counts ?? {}
  const isOn = server?.isOn === true
  return {
    isOn,
    failingSince: isOn ? server.failingSince : null,
    lastError: isOn ? server.lastError : null,
    lastDeliveredAt: server?.lastDeliveredAt ?? null,
    nextAt: isOn ? server.nextAt : null,
    waiting,
    oldestAt,
    held,
    failed,
  }
}
