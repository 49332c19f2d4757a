/** What the routes about access answer. */
import { DEEDS } from '#kit/explain.ts'
import type { Reader, Readers, RecordAccess, Why } from '#kit/explain.ts'
import { CLASSES } from '#kit/clearance.ts'
import type { Confidentiality, Ref } from '#kit/field.ts'
import type { ScopeName } from '#kit/grants.ts'
import { SCOPES } from '#kit/grants.ts'
import { among, INSTANT, listOf, REF, REF_OR_NULL, shapeOf, TEXT, TEXTS, WHOLE, YES_NO } from './shape.ts'

export interface ShownGrant {
  /** Names the grant in addresses. */
  readonly id: string
  readonly person: Ref
  readonly role: string
  readonly label: string
  readonly scope: ScopeName
  /** The unit or team that it holds for. */
  readonly at: Ref | null
  readonly grantedAt: string
  readonly grantedBy: Ref | null
}
export const GRANT = shapeOf<ShownGrant>({
  id: TEXT,
  person: REF,
  role: TEXT,
  label: TEXT,
  scope: among(...SCOPES),
  at: REF_OR_NULL,
  grantedAt: INSTANT,
  grantedBy: REF_OR_NULL,
})
/** A role that one may grant, and for what. */
export interface Choice {
  readonly role: string
  readonly label: string
  readonly scopes: readonly ScopeName[]
}
export const CHOICE = shapeOf<Choice>({ role: TEXT, label: TEXT, scopes: listOf(among(...SCOPES)) })
const CLASS = among(...CLASSES)
const WHY = shapeOf<Why>({ extent: among('all', 'some', 'none'), because: TEXTS })
const RECORD_ACCESS = shapeOf<RecordAccess>({
  record: TEXT,
  label: TEXT,
  confidentiality: CLASS,
  may: shapeOf<RecordAccess['may']>({ read: WHY, create: WHY, update: WHY, bin: WHY }),
  hidden: TEXTS,
})
/** What a person may see and change. */
export interface PersonAccess {
  readonly person: Ref
  /** Whoever has left sees nothing. */
  readonly isHere: boolean
  readonly ceiling: Confidentiality
  readonly grants: readonly ShownGrant[]
  readonly records: readonly RecordAccess[]
}
export const PERSON_ACCESS = shapeOf<PersonAccess>({
  person: REF,
  isHere: YES_NO,
  ceiling: CLASS,
  grants: listOf(GRANT),
  records: listOf(RECORD_ACCESS),
})
const READER = shapeOf<Reader>({ person: REF, may: listOf(among(...DEEDS)), because: TEXTS })
export const READERS = shapeOf<Readers>({ everyone: YES_NO, readers: listOf(READER), total: WHOLE })
