/** The kinds of record that belong to the kit itself, and their rules. */
import type { RecordType } from '#kit/record.ts'
import { comment, file, link, task, watcher } from './about.ts'
import { legalHold } from './legal-hold.ts'
import { legalHoldRules } from './legal-hold-rules.ts'
import { notice } from './notice.ts'
import { obligationRules } from './obligation-rules.ts'
import { ownRole } from './own-role.ts'
import { ownRoleRules } from './own-role-rules.ts'
import { savedViewRules } from './saved-view-rules.ts'
import { customFieldRules } from './setup-rules.ts'
import { customField, importBatch, savedView } from './setup.ts'
import { action, measure, measurement, obligation } from './steering.ts'

export const records: readonly RecordType[] = [
  comment,
  task,
  link,
  file,
  watcher,
  customField,
  savedView,
  importBatch,
  measure,
  measurement,
  obligation,
  action,
  notice,
  ownRole,
  legalHold,
]
export const rules = {
  obligation: obligationRules,
  customField: customFieldRules,
  savedView: savedViewRules,
  ownRole: ownRoleRules,
  legalHold: legalHoldRules,
}
