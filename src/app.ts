/** The only composition root: which domains there are, and who reacts to whose events. */
import type { Actor } from '#kit/actor.ts'
import { BULK_JOB } from '#kit/bulk-run.ts'
import { bulkJob } from '#kit/bulk-work.ts'
import { Catalogue } from '#kit/catalogue.ts'
import type { JsonSchema, Route } from '#kit/contract.ts'
import { distinctRoutes } from '#kit/distinct-routes.ts'
import type { Tx } from '#kit/database.ts'
import type { ExportWriters, WorkbookWriter } from '#kit/export.ts'
import { exportRoutes } from '#kit/export.ts'
import { DIRECTORY_JOB, directoryJob, directoryRoutes, dueDirectories } from '#kit/federation/directory/routes.ts'
import type { FederationParts } from '#kit/federation/enter.ts'
import { providerRoutes } from '#kit/federation/settings-routes.ts'
import { federatedSignInRoutes } from '#kit/federation/sign-in-routes.ts'
import type { FetchText } from '#kit/fetch-text.ts'
import { forget } from '#kit/forget.ts'
import type { ImportParts } from '#kit/import/ports.ts'
import { IMPORT_JOB } from '#kit/import/ports.ts'
import { importRoutes } from '#kit/import/routes.ts'
import { importJob } from '#kit/import/work.ts'
import type { JobHandler, JobOptions, JobSender } from '#kit/jobs.ts'
import { deliverMail } from '#kit/mail/deliver.ts'
import { outboxRoutes } from '#kit/mail/outbox-routes.ts'
import type { MailRoutesParts } from '#kit/mail/settings-routes.ts'
import { mailSettingsRoutes } from '#kit/mail/settings-routes.ts'
import { grantWishes, resetRoutes } from '#kit/mail/reset.ts'
import type { Reaction } from '#kit/reaction.ts'
import type { AnyRow, RecordType } from '#kit/record.ts'
import { ADDED_JOB, addedJob, addedReaction, checkAdded } from '#kit/added-work.ts'
import { ensurePartitions } from '#kit/migrate.ts'
import { sendNotices } from '#kit/notices/mails.ts'
import { sendPushes } from '#kit/notices/pushes.ts'
import { noticeReactions, noticeRoutes, noticeSchedules } from '#kit/notices/whole.ts'
import { recordRoutes } from '#kit/record-routes.ts'
import { accessRoutes } from '#kit/routes/access.ts'
import type { AdminParts } from '#kit/routes/admin.ts'
import { adminRoutes } from '#kit/routes/admin.ts'
import { DEMO_JOB } from '#kit/routes/demo.ts'
import { bulkRunRoutes } from '#kit/routes/bulk-runs.ts'
import type { BackupsParts } from '#kit/routes/backups.ts'
import { backupRoutes } from '#kit/routes/backups.ts'
import type { CommonParts } from '#kit/routes/common.ts'
import { commonRoutes } from '#kit/routes/common.ts'
import type { FilesParts } from '#kit/routes/files.ts'
import { fieldFileRoutes } from '#kit/routes/field-files.ts'
import { filesRoutes } from '#kit/routes/files.ts'
import { seal } from '#kit/seal/sealer.ts'
import type { SealParts } from '#kit/seal/routes.ts'
import { PACKAGE_JOB, packageJob, removeExpired } from '#kit/access-package/make.ts'
import type { PackageParts } from '#kit/access-package/make.ts'
import { accessPackageRoutes } from '#kit/routes/access-packages.ts'
import { journalRoutes } from '#kit/routes/journal.ts'
import type { ErasureParts } from '#kit/routes/person-erasure.ts'
import { ERASURE_JOB, erasureJob, erasureRoutes, repeatErasures } from '#kit/routes/person-erasure.ts'
import { RETENTION_JOB, retentionJob, retentionRoutes } from '#kit/routes/retention.ts'
import { removeLostFiles, sweepFiles } from '#kit/retention/lost-files.ts'
import { keepRules } from '#kit/retention/run.ts'
import { sealRoutes } from '#kit/seal/routes.ts'
import { grantRoutes } from '#kit/routes/grants.ts'
import { myRoutes } from '#kit/routes/me.ts'
import type { SignInParts } from '#kit/routes/sign-in.ts'
import { signInRoutes } from '#kit/routes/sign-in.ts'
import { calendarFeedRoutes } from '#kit/routes/calendar-feeds.ts'
import { pushTickers } from '#kit/push/deliver.ts'
import { produceTasks } from '#kit/records/obligation-rules.ts'
import * as kit from '#kit/records/whole.ts'
import { measureAll } from '#kit/measure.ts'
import type { Rules } from '#kit/store.ts'
import { foldAllTallies } from '#kit/tally.ts'
import { keepVocabulary } from '#kit/vocabulary.ts'
import { makeWordsAgain } from '#kit/words-again.ts'
import { webhookTickers } from '#kit/webhooks/deliver.ts'
import type { JudgeAddress, PostBytes, PostText } from '#kit/webhooks/ports.ts'
import * as bridge from '#bridge'
import * as desk from '#desk'
import * as people from '#people'
import * as reports from '#reports'
import * as services from '#services'

/** Every kind of record, by area; the area owns its migrations. */
export const AREAS: Readonly<Record<string, readonly RecordType[]>> = {
  kit: kit.records,
  people: people.records,
  services: services.records,
  desk: desk.records,
  reports: reports.records,
}
/** Every clock that runs on a record. */
export const CLOCKS = desk.incidentClocks
/** Mappings that the product brings along. */
export const READY_MAPPINGS = desk.readyMappings
export const RECORDS: readonly RecordType[] = Object.values(AREAS).flat()
export const PLACES = [
  { name: 'bridge', label: 'Bridge', icon: 'bridge' },
  { name: 'desk', label: 'Desk', icon: 'desk' },
  { name: 'estate', label: 'Estate', icon: 'estate' },
  { name: 'people', label: 'People', icon: 'people' },
  { name: 'improvement', label: 'Improvement', icon: 'improvement' },
  { name: 'reports', label: 'Reports', icon: 'chart' },
] as const

export function newCatalogue(extra: readonly RecordType[] = []): Catalogue {
  return new Catalogue([...RECORDS, ...extra])
}
export function allRules(): Map<string, Rules> {
  const all = [kit.rules, people.rules, services.rules(CLOCKS), desk.rules, bridge.rules, reports.rules].flatMap(
    (rules) => Object.entries(rules),
  )
  const made = new Map<string, Rules>(all)
  if (made.size !== all.length)
    throw new Error(
      'Two domains declare rules for one record. Put them into the domain that owns it, or let one react to the journal.',
    )
  return made
}

/** Everything that routes, reactions and schedules are made with. */
export interface AppParts
  extends
    Omit<CommonParts, 'places' | 'extraShapes'>,
    FilesParts,
    SignInParts,
    FederationParts,
    Omit<AdminParts, 'jobs'>,
    SealParts,
    Omit<MailRoutesParts, 'store'> {
  readonly jobs: AdminParts['jobs'] & JobSender
  readonly backups: BackupsParts['backups'] & { readonly tick: () => Promise<void> }
  readonly fetchText: FetchText
  /** To webhooks. */
  readonly post: PostText
  /** To the push services of browsers. */
  readonly pushPost: PostBytes
  readonly judgeAddress: JudgeAddress
  readonly keepFile: ImportParts['keepFile']
  readonly openTable: ImportParts['openTable']
  readonly writers: ExportWriters
  /** Verifies the whole journal and notes what it found. */
  readonly verifyJournal: () => Promise<void>
  readonly zip: PackageParts['zip']
  readonly erasures: ErasureParts['erasures']
  readonly printReport: reports.ReportPrinter
  readonly workbook: WorkbookWriter
}
export interface Schedule {
  readonly name: string
  /** Five fields. */
  readonly cron: string
  readonly work: () => Promise<void>
}
/** Work that one process after another may do every few seconds; a lock in the database lets one do it at a time. */
export interface Ticker {
  readonly name: string
  readonly everyMs: number
  /** @param signal aborted when the process stops */
  readonly work: (signal: AbortSignal) => Promise<void>
}

/** All routes. @throws when two have one address, unless the earlier says that it replaces what every record has. */
export function allRoutes(parts: AppParts): Route[] {
  return distinctRoutes([
    ...signInRoutes(parts),
    ...calendarFeedRoutes(parts),
    ...federatedSignInRoutes(parts),
    ...providerRoutes(parts),
    ...directoryRoutes(parts),
    ...resetRoutes(parts),
    ...mailSettingsRoutes(parts),
    ...outboxRoutes(parts),
    ...noticeRoutes(parts),
    ...myRoutes(parts),
    ...commonRoutes({ ...parts, places: PLACES, extraShapes: recordExtraShapes() }),
    ...bulkRunRoutes(parts),
    ...filesRoutes(parts),
    ...fieldFileRoutes(parts),
    ...adminRoutes(parts),
    ...backupRoutes(parts),
    ...sealRoutes(parts),
    ...journalRoutes(parts),
    ...retentionRoutes(parts),
    ...accessPackageRoutes(parts),
    ...erasureRoutes(parts),
    ...grantRoutes(parts),
    ...accessRoutes(parts),
    ...importRoutes({ ...importParts(parts), writers: parts.writers }),
    ...exportRoutes(parts, parts.store.catalogue.records, parts.writers),
    ...services.routes({ ...parts, clocks: CLOCKS }),
    ...desk.routes(parts),
    ...bridge.routes(parts),
    ...reports.routes(parts),
    ...parts.store.catalogue.records.flatMap((record) => recordRoutes(parts, record)),
  ])
}
export function importParts(parts: Pick<AppParts, 'store' | 'zone' | 'keepFile' | 'openTable' | 'jobs'>): ImportParts {
  return {
    store: parts.store,
    rules: allRules(),
    zone: parts.zone,
    ready: READY_MAPPINGS,
    keepFile: parts.keepFile,
    openTable: parts.openTable,
    start: (on, name, data) => parts.jobs.send(on as Tx, name, data),
  } // sent inside the transaction that the caller opened
}
export function recordExtras(parts: AppParts): CommonParts['extras'] {
  const made = new Map<string, ((actor: Actor, row: AnyRow) => Promise<Readonly<Record<string, unknown>>>)[]>()
  const all = [...services.extras({ ...parts, clocks: CLOCKS }), ...Object.entries(desk.extras(parts))] as const
  for (const [record, extra] of all) made.set(record, [...(made.get(record) ?? []), extra])
  return new Map(
    [...made].map(([record, extras]) => [
      record,
      async (actor, row) => Object.assign({}, ...(await Promise.all(extras.map((extra) => extra(actor, row))))),
    ]),
  )
}
/** What those extras are, for the API document. */
export function recordExtraShapes(): CommonParts['extraShapes'] {
  const made = new Map<string, Readonly<Record<string, JsonSchema>>>()
  for (const [record, shapes] of [...services.extraShapes(CLOCKS), ...desk.extraShapes])
    made.set(record, { ...made.get(record), ...shapes })
  return made
}
export function allReactions(parts: Pick<AppParts, 'store' | 'publicUrl'> & { readonly jobs: JobSender }): Reaction[] {
  return [
    ...services.reactions({ ...parts, clocks: CLOCKS }),
    ...desk.reactions(parts),
    ...reports.reactions(parts),
    addedReaction(parts),
    ...noticeReactions(parts),
  ]
}
/** Kinds of job by name. */
export function allJobs(parts: AppParts): Readonly<Record<string, { options: JobOptions; handler: JobHandler }>> {
  const redating = Object.entries(services.jobs({ ...parts, clocks: CLOCKS })).map(
    ([name, handler]) => [name, { options: { retryLimit: 5, singleton: true }, handler }] as const,
  )
  return {
    ...Object.fromEntries(redating),
    ...reports.jobs(parts),
    [ADDED_JOB]: { options: { retryLimit: 5, singleton: true }, handler: addedJob(parts) },
    [DIRECTORY_JOB]: directoryJob(parts),
    [RETENTION_JOB]: retentionJob(parts),
    [BULK_JOB]: bulkJob(parts),
    [PACKAGE_JOB]: packageJob(parts),
    [DEMO_JOB]: parts.demo.job,
    [ERASURE_JOB]: erasureJob(parts),
    [IMPORT_JOB]: {
      options: { retryLimit: 3, retryBackoff: 5 },
      handler: (data, { signal }) => importJob(importParts(parts), data, { signal }),
    },
  }
}
export function allSchedules(parts: AppParts): Schedule[] {
  const { store } = parts
  const { db } = store
  return [
    { name: 'directories', cron: '*/5 * * * *', work: () => dueDirectories(parts) },
    ...noticeSchedules(store),
    { name: 'added-fields', cron: '*/15 * * * *', work: () => checkAdded(parts) },
    { name: 'words', cron: '* * * * *', work: () => keepWords(parts) },
    { name: 'fold-tallies', cron: '* * * * *', work: () => foldAllTallies(db) },
    {
      name: 'obligations',
      cron: '*/10 * * * *',
      work: async () => void (await produceTasks(store, `obligations-${store.now()}`)),
    },
    { name: 'measures', cron: '5 * * * *', work: () => measureAll(store, bridge.SOURCES, `measures-${store.now()}`) },
    { name: 'journal-partitions', cron: '17 3 * * *', work: () => ensurePartitions(db, store.now().slice(0, 10)) },
    { name: 'verify-journal', cron: '47 2 * * *', work: parts.verifyJournal },
    { name: 'backups', cron: '* * * * *', work: () => parts.backups.tick() },
    { name: 'forget', cron: '11 3 * * *', work: () => forget(db) },
    { name: 'keep-rules', cron: '41 2 * * *', work: () => keepRules(store, `retention-${store.now()}`) },
    { name: 'old-packages', cron: '19 * * * *', work: async () => void (await removeExpired(parts)) },
    { name: 'repeat-erasures', cron: '*/5 * * * *', work: async () => void (await repeatErasures(parts)) },
    { name: 'sweep-files', cron: '23 4 * * *', work: async () => void (await sweepFiles(store, parts.files)) },
    { name: 'lost-files', cron: '29 * * * *', work: async () => void (await removeLostFiles(store, parts.files)) },
    ...desk.schedules(parts),
    ...reports.schedules(parts),
  ]
}
export function allTickers(parts: AppParts): Ticker[] {
  const { store, key, sink } = parts
  return [
    { name: 'seal', everyMs: 5_000, work: async () => void (await seal(store.db, key, store.now(), sink)) },
    {
      name: 'clock-watch',
      everyMs: 10_000,
      work: async () => void (await services.schedules['clockWatch']?.({ ...parts, clocks: CLOCKS }, store.now())),
    },
    ...webhookTickers({ ...parts, db: store.db }),
    { name: 'push', everyMs: 2_000, work: async (signal) => void (await sendPushes(parts, signal)) },
    ...pushTickers({ ...parts, db: store.db, post: parts.pushPost }),
    { name: 'notices', everyMs: 2_000, work: async (signal) => void (await sendNotices(parts, signal)) },
    { name: 'mail', everyMs: 2_000, work: (signal) => sendMail(parts, signal) },
  ]
}
/** First the wishes at the door, so that what they lead to goes at once. */
async function sendMail({ store, secret, publicUrl, mail }: AppParts, signal: AbortSignal): Promise<void> {
  const { db } = store
  await grantWishes({ db, store, secret, publicUrl }, signal)
  await deliverMail({ db, secret, mail }, signal)
}
/** Words of older rows in their present form, and the words from which mistyped ones are guessed. */
async function keepWords({ store }: Pick<AppParts, 'store'>): Promise<void> {
  const { db, catalogue } = store
  await makeWordsAgain(db, catalogue, store.now())
  await keepVocabulary(db, catalogue.records, store.now())
}
