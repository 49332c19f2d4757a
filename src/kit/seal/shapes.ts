/** What the routes of the seal answer. */
import {
  among,
  INSTANT,
  INSTANT_OR_NULL,
  listOf,
  shapeOf,
  TEXT,
  TEXT_OR_NULL,
  WHOLE,
  YES_NO,
} from '#kit/routes/shape.ts'
import type { ClockSet } from './clock-set.ts'
import type { Finding, Where } from './finding.ts'
import { FINDING_KINDS } from './finding.ts'
import type { DeclaredLoss } from './fork.ts'
import type { SealHealth } from './health.ts'
import type { Verified } from './verify.ts'

const WHOLE_OR_NULL = { type: ['integer', 'null'] }
export const SEAL_HEALTH = shapeOf<SealHealth>({
  entries: WHOLE,
  sealed: WHOLE,
  checkpoints: WHOLE,
  lastExternalAt: INSTANT_OR_NULL,
  ageSeconds: WHOLE_OR_NULL,
  state: among('good', 'warn', 'bad'),
  todo: TEXT,
  publicKey: TEXT,
  verifiedAt: INSTANT_OR_NULL,
  comparedAt: INSTANT_OR_NULL,
})
const WHERE = shapeOf<Where>({
  entry: TEXT_OR_NULL,
  index: WHOLE_OR_NULL,
  record: TEXT_OR_NULL,
  recordId: WHOLE_OR_NULL,
  at: TEXT_OR_NULL,
  field: TEXT_OR_NULL,
})
const LOSS = shapeOf<DeclaredLoss>({ from: WHOLE, to: WHOLE, at: INSTANT, by: WHOLE_OR_NULL, reason: TEXT_OR_NULL })
export const VERIFIED = shapeOf<Verified>({
  ok: YES_NO,
  entries: WHOLE,
  size: WHOLE,
  erased: WHOLE,
  pending: WHOLE,
  checkpoints: WHOLE,
  outside: WHOLE,
  isComplete: YES_NO,
  findings: listOf(shapeOf<Finding>({ kind: among(...FINDING_KINDS), where: WHERE, says: TEXT })),
  more: WHOLE,
  losses: listOf(LOSS),
  clock: listOf(shapeOf<ClockSet>({ from: INSTANT, to: INSTANT })),
  tookMs: WHOLE,
})
