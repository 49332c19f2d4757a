/** Making an issue of a report, and reading it. */
import { say } from '#engines/say.ts'
import type { Actor } from '#kit/actor.ts'
import { system } from '#kit/actor.ts'
import type { AnyRow } from '#kit/record.ts'
import type { FilesPort } from '#kit/routes/files.ts'
import type { Store, Unit } from '#kit/store.ts'
import type { KeptFigures } from './issue-facts.ts'
import { commentsOf } from './issue-facts.ts'
import { keepSnapshot, openSnapshot } from './keep.ts'
import type { Snapshot } from './page.ts'
import { reportIssue } from './report.ts'
import type { Shown } from './shown.ts'
import { shownTo } from './shown.ts'
import { takeSnapshot } from './take.ts'

export interface IssueParts {
  readonly store: Store
  readonly files: FilesPort
  /** How long reading a report may take; smaller where a test waits for it. */
  readonly mostSeconds?: number
}
/** What was read for an issue that is not written down yet. */
export interface Prepared {
  readonly snapshot: Snapshot
  readonly sha256: string
}

/** Reads the report as `actor` may and keeps the data. */
export async function prepare(
  { store, files, mostSeconds }: IssueParts,
  actor: Actor,
  report: AnyRow,
): Promise<Prepared> {
  const snapshot = await takeSnapshot(store, actor, report, mostSeconds)
  return { snapshot, sha256: await keepSnapshot(files, snapshot) }
}
/** Writes the issue down: its owner is whose rights it was read with. */
export async function createIssue(
  { store }: Pick<IssueParts, 'store'>,
  actor: Actor,
  { report, prepared, unit }: { report: AnyRow; prepared: Prepared; unit?: Unit },
): Promise<AnyRow> {
  const { page } = prepared.snapshot
  const draft = {
    name: `${page.title}, ${page.from} – ${page.to}`.slice(0, 200),
    report: { id: report.id },
    from: page.from,
    to: page.to,
    owner: actor.person === null ? null : { id: actor.person },
    audience: 'me',
    sha256: prepared.sha256,
    needed: figuresIn(prepared.snapshot),
  }
  // Nobody writes an issue by hand; that somebody made it stands in its history.
  const maker = { ...system(actor.org, actor.request, actor.origin), onBehalfOf: actor.person }
  return store.create(maker, reportIssue, draft, {
    trusted: true,
    reason: say`Made from ${report.number}`,
    ...(unit === undefined ? {} : { unit }),
  })
}
function figuresIn({ page, needs, rights }: Snapshot): KeptFigures {
  const figures = page.blocks.flatMap((block) => (block.kind === 'figures' ? block.items : []))
  const kept = figures.map(({ id, label, isBeyond }) => {
    const { records = [], fields = [] } = needs[id] ?? {}
    return { id, label, isBeyond, needs: { records: [...records], fields: [...fields] } }
  })
  const asked = new Set(kept.flatMap(({ needs: { records } }) => records))
  return { rights: Object.fromEntries(Object.entries(rights).filter(([name]) => asked.has(name))), figures: kept }
}

/** The page of an issue for this reader. @throws a refusal when its data is gone */
export async function issueFor({ store, files }: IssueParts, actor: Actor, issue: AnyRow): Promise<Shown> {
  const snapshot = await openSnapshot(files, issue['sha256'])
  return shownTo(snapshot, { catalogue: store.catalogue, actor, comments: commentsOf(issue) })
}
