/** What browsers refused to run on our pages, for the health page. */
import { say } from '#engines/say.ts'
import type { HealthItem } from '#kit/routes/admin.ts'
import type { PolicyReports } from '#platform/policy-reports.ts'

export function policyItem({ count, last }: Pick<PolicyReports, 'count' | 'last'>): HealthItem {
  return {
    name: say`Content policy`,
    state: last === null ? 'good' : 'warn',
    value:
      last === null
        ? say`nothing reported since the start`
        : say`${count} reported since the start, the last: ${last.rule} refused ${last.refused} on ${last.page}`,
    todo:
      last === null
        ? ''
        : say`A page tried to run or load what is forbidden. The log has each report; if nobody installed an extension or changed a proxy, treat it as an attempt at an attack.`,
  }
}
