/** Backups for administrators: what there is and how old the last proof is, the schedule, make one now, prove one now. */
import { z } from 'zod'
import { say } from '#engines/say.ts'
import type { Answer, Call, JsonSchema, Route } from '#kit/contract.ts'
import { entry, journalInsert } from '#kit/journal.ts'
import { conflict, notFound } from '#kit/problem.ts'
import { run } from '#kit/sql.ts'
import type { Store } from '#kit/store.ts'
import { listOf, orNull, shape, TEXT, TEXT_OR_NULL, WHOLE, YES_NO } from './shape.ts'

export const backupSettings = z.strictObject({
  isOn: z.boolean(),
  /** Hours and minutes, UTC. */
  at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Write hours and minutes as 02:15.'),
  daily: z.number().int().min(1).max(366),
  weekly: z.number().int().min(0).max(260),
  monthly: z.number().int().min(0).max(120),
  /** Days between proofs; 0 proves none. */
  proveDays: z.number().int().min(0).max(90),
})
export type BackupSettings = z.infer<typeof backupSettings>

export interface BackupsPort {
  state(): Promise<BackupState>
  keep(settings: BackupSettings): Promise<void>
  /** In a process of its own. @returns false when one is under way */
  start(what: { kind: 'backup' } | { kind: 'proof'; id: string }): Promise<boolean>
}
export interface BackupState {
  readonly settings: BackupSettings
  /** Settings that the environment decides. */
  readonly fixed: readonly string[]
  /** A folder or `s3://…`; who runs the machine decides where. */
  readonly place: string
  /** On the same disk as the data: lost together with it. */
  readonly isSameDisk: boolean
  readonly isEncrypting: boolean
  readonly isBusy: boolean
  readonly items: readonly { readonly id: string; readonly state: string }[]
  /** Bringing back any moment of the last days; null where nothing is archived. */
  readonly archive: ArchiveState | null
}
export interface ArchiveState {
  readonly place: string
  readonly isSameDisk: boolean
  /** How many days back any moment must be reachable. */
  readonly days: number
  /** Spans in which any moment can be brought back, newest first. */
  readonly windows: readonly { readonly from: string; readonly until: string }[]
  readonly lastArchived: string | null
  /** Base backups. */
  readonly bases: number
  readonly bytes: number
  /** Why it does not work at present. */
  readonly trouble: string | null
}
export interface BackupsParts {
  readonly store: Store
  readonly backups: BackupsPort
}
const change = backupSettings.partial()
const none = z.strictObject({})
const COUNT_OR_NULL: JsonSchema = { type: ['integer', 'null'] }
const item = shape({
  id: TEXT,
  startedAt: TEXT,
  endedAt: TEXT_OR_NULL,
  state: TEXT,
  because: TEXT_OR_NULL,
  place: TEXT,
  name: TEXT,
  bytes: COUNT_OR_NULL,
  entries: COUNT_OR_NULL,
  items: COUNT_OR_NULL,
  encrypted: YES_NO,
  unsound: WHOLE,
  provenAt: TEXT_OR_NULL,
  proof: TEXT_OR_NULL,
  proofBecause: TEXT_OR_NULL,
  proofMs: COUNT_OR_NULL,
})
const state = shape({
  settings: shape({ isOn: YES_NO, at: TEXT, daily: WHOLE, weekly: WHOLE, monthly: WHOLE, proveDays: WHOLE }),
  fixed: listOf(TEXT),
  place: TEXT,
  isSameDisk: YES_NO,
  isEncrypting: YES_NO,
  isBusy: YES_NO,
  items: listOf(item),
  archive: orNull(
    shape({
      place: TEXT,
      isSameDisk: YES_NO,
      days: WHOLE,
      windows: listOf(shape({ from: TEXT, until: TEXT })),
      lastArchived: TEXT_OR_NULL,
      bases: WHOLE,
      bytes: WHOLE,
      trouble: TEXT_OR_NULL,
    }),
  ),
})
const started = shape({ started: TEXT })
const BUSY = 'A backup or a proof is under way. Wait until it is done.'

export function backupRoutes(parts: BackupsParts): Route[] {
  const tag = 'Backups'
  return [
    {
      method: 'GET',
      path: '/admin/backups',
      reach: 'installation',
      tag,
      access: 'administrator',
      summary: 'Backups, their proofs and their schedule',
      ok: state,
      handle: async () => ({ body: await parts.backups.state() }),
    },
    {
      method: 'PATCH',
      path: '/admin/backups',
      reach: 'installation',
      tag,
      access: 'administrator',
      summary: 'Change when backups are made, how many are kept, how often one is proven',
      body: change,
      ok: state,
      refusals: [409],
      audited: 'journal',
      handle: (call) => set(parts, call, change.parse(call.body)),
    },
    {
      method: 'POST',
      path: '/admin/backups',
      reach: 'installation',
      tag,
      access: 'administrator',
      summary: 'Make a backup now',
      body: none,
      ok: started,
      okStatus: 202,
      refusals: [409],
      audited: say`The book of backups says when it was made.`,
      handle: async () => begin(parts, { kind: 'backup' }),
    },
    {
      method: 'POST',
      path: '/admin/backups/{id}/proof',
      reach: 'installation',
      tag,
      access: 'administrator',
      summary: 'Prove a backup now: restore it into a scratch server and check it',
      body: none,
      ok: started,
      okStatus: 202,
      refusals: [409],
      audited: say`The book of backups says when it was proven.`,
      handle: (call) => prove(parts, call.params['id'] ?? ''),
    },
  ]
}
async function begin({ backups }: BackupsParts, what: Parameters<BackupsPort['start']>[0]): Promise<Answer> {
  if (!(await backups.start(what))) throw conflict(BUSY)
  return { status: 202, body: { started: what.kind } }
}
async function prove(parts: BackupsParts, id: string): Promise<Answer> {
  const { items } = await parts.backups.state()
  if (!items.some((one) => one.id === id && one.state === 'done')) throw notFound(say`A finished backup with this id`)
  return begin(parts, { kind: 'proof', id })
}
async function set({ backups, store }: BackupsParts, call: Call, wanted: z.infer<typeof change>): Promise<Answer> {
  const { settings: before, fixed } = await backups.state()
  const refused = Object.keys(wanted).filter((name) => fixed.includes(name))
  if (refused.length > 0)
    throw conflict(
      say`The environment of the server decides ${refused.join(', ')}. Change it there (PILOTHOUSE_BACKUP_…).`,
    )
  const after = { ...before, ...Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined)) }
  await backups.keep(after)
  const changes = Object.fromEntries(
    Object.entries(after).flatMap(([name, value]) => {
      const old = before[name as keyof BackupSettings] // the names of one are those of the other
      return old === value ? [] : [[name, [old, value] as const]]
    }),
  )
  const said = { record: 'backup', recordId: 0, action: 'change', changes }
  if (Object.keys(changes).length > 0) await run(store.db, journalInsert([entry(call.actor, store.now(), said)]))
  return { body: await backups.state() }
}
