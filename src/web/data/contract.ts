// The shapes of the HTTP contract that the screens read, as the server declares them; what a screen adds is said here.
import type { FieldKind, KeptFile, Ref as ToldRef, Tone } from '#kit/field.ts'
import type * as told from '#kit/info.ts'
import type { Base } from '#kit/record.ts'
import type { ClockInfo } from '#kit/clock.ts'
import type { HistoryItem } from '#kit/history.ts'
import type { OfferedMove } from '#kit/moves.ts'
import type * as mine from '#kit/routes/me.ts'

export type { ClockInfo } from '#kit/clock.ts'
export type { Money, Option, Tone } from '#kit/field.ts'
export type { HistoryItem as HistoryEntry } from '#kit/history.ts'
export type { MoveInfo, PlaceInfo } from '#kit/info.ts'
export type { OfferedMove as RowMove } from '#kit/moves.ts'
export type { SavedQuery as ViewInfo } from '#kit/record.ts'
export type { Searched, SearchHit } from '#kit/routes/search.ts'
export type { Me } from '#kit/routes/me.ts'

/** Screens tell a reference to a person apart from others. */
export type { KeptFile }
export type Kind = FieldKind | 'person'
/** A field as the server tells of it; those that a screen makes up say less. */
export interface FieldInfo
  extends Pick<told.FieldInfo, 'name' | 'label'>, Partial<Omit<told.FieldInfo, 'name' | 'label' | 'kind'>> {
  readonly kind: Kind
  /** Name of the record that declares it; the base fields have none. */
  readonly of?: string
}
export interface StateInfo {
  readonly name: string
  readonly label: string
  readonly tone: Tone
}
export interface RecordInfo extends Omit<told.RecordInfo, 'fields' | 'place' | 'workflow'> {
  /** Empty outside the navigation. */
  readonly place: string
  readonly fields: readonly FieldInfo[]
  readonly workflow:
    | (Omit<NonNullable<told.RecordInfo['workflow']>, 'states'> & { readonly states: readonly StateInfo[] })
    | null
}
/** What the server answers, and what screens make of it (declared.ts). */
export interface ToldModel {
  readonly records: readonly told.RecordInfo[]
  readonly places: readonly told.PlaceInfo[]
}
export interface Model {
  readonly records: readonly RecordInfo[]
  readonly places: readonly told.PlaceInfo[]
}

/** What somebody has chosen. */
export type Preferences = Partial<mine.Preferences>

/** A reference; to a record of any kind it says which. */
export interface Ref extends ToldRef {
  readonly record?: string
}
/** A row of any record: the base fields and whatever the record declares. */
export interface Row extends Pick<Base, 'id' | 'number'>, Partial<Omit<Base, 'id' | 'number'>> {
  readonly [field: string]: unknown
}
export interface FullRow extends Row {
  readonly moves?: readonly OfferedMove[]
  readonly can?: { readonly update: boolean; readonly bin: boolean }
  readonly clocks?: readonly ClockInfo[]
}
export interface Page<T> {
  readonly items: readonly T[]
  readonly next: string | null
  readonly total?: { readonly count: number; readonly atLeast: boolean }
  /** Where nothing has the words that were asked for: like words that something has. */
  readonly meant?: string | null
}
export type Change = HistoryItem['changes'][number]
export interface TimelineItem {
  readonly kind: 'change' | 'comment' | 'attachment' | 'task' | 'link' | 'time' | 'mail'
  readonly id?: number | string
  readonly at: string
  readonly actor: Ref | null
  readonly [detail: string]: unknown
}
