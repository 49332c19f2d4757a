/** What the settings of sign-in providers answer. */
import {
  among,
  ANYTHING,
  INSTANT,
  INSTANT_OR_NULL,
  listOf,
  mapOf,
  orNull,
  shape,
  shapeOf,
  TEXT,
  TEXT_OR_NULL,
  TEXTS,
  WHOLE,
  YES_NO,
} from '#kit/routes/shape.ts'
import type { Counts, Synced, SyncChange, SyncProblem } from './directory/state.ts'
import type { ProviderRow } from './providers.ts'
import { KINDS } from './settings.ts'

export interface ShownProvider extends Pick<ProviderRow, 'id' | 'kind' | 'name' | 'rev' | 'settings' | 'synced'> {
  readonly isOn: boolean
  /** Which secrets are set; never the secrets. */
  readonly secrets: Readonly<Record<string, boolean>>
  /** What the other side has to be told. */
  readonly addresses: Readonly<Record<string, string>>
  readonly persons: number
  readonly hasToken: boolean
  readonly tokenUsedAt: string | null
}
const COUNTS = shapeOf<Counts>({
  entries: WHOLE,
  created: WHOLE,
  linked: WHOLE,
  changed: WHOLE,
  left: WHOLE,
  returned: WHOLE,
  unknown: WHOLE,
})
const CHANGE = shapeOf<SyncChange>({
  what: among('create', 'link', 'change', 'leave', 'return'),
  name: TEXT,
  person: { type: ['integer', 'null'] },
  fields: TEXTS,
})
const SYNCED = shapeOf<Synced>({
  state: among('waiting', 'running', 'done', 'asks', 'failed'),
  at: INSTANT,
  isDry: YES_NO,
  isFull: YES_NO,
  because: TEXT_OR_NULL,
  counts: COUNTS,
  problems: listOf(shapeOf<SyncProblem>({ entry: TEXT, because: TEXT })),
  problemCount: WHOLE,
  changes: listOf(CHANGE),
  seconds: { type: 'number' },
  next: orNull(shape({ since: TEXT, fullAt: TEXT, rev: WHOLE })),
})
export const SHOWN = shapeOf<ShownProvider>({
  id: WHOLE,
  kind: among(...KINDS),
  name: TEXT,
  isOn: YES_NO,
  rev: WHOLE,
  settings: mapOf(ANYTHING),
  secrets: mapOf(YES_NO),
  addresses: mapOf(TEXT),
  persons: WHOLE,
  hasToken: YES_NO,
  tokenUsedAt: INSTANT_OR_NULL,
  synced: orNull(SYNCED),
})
