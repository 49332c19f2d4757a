/** Turns what the walk meets into findings: one witness for a whole verification. */
import { say } from '#engines/say.ts'
import type { CompactRange } from '#engines/merkle.ts'
import type { ClockSet } from './clock-set.ts'
import { notBefore } from './clock-set.ts'
import type { Findings } from './finding.ts'
import { named, stretch } from './finding.ts'
import type { DeclaredLoss } from './fork.ts'
import { isDeclared } from './fork.ts'
import type { JournalLine, LeafLine } from './lines.ts'
import type { Signed } from './roots.ts'
import { rewrittenSays, Roots } from './roots.ts'
import type { Head, VerifyOptions } from './bounds.ts'
import { GRACE_MS } from './bounds.ts'
import type { Witness } from './walk.ts'

export interface Inspected {
  readonly findings: Findings
  readonly head: Head
  readonly start: CompactRange
  readonly signed: readonly Signed[]
  readonly losses: readonly DeclaredLoss[]
  /** When the clock was set back. */
  readonly clock: readonly ClockSet[]
  readonly options: VerifyOptions
}
interface Stretch {
  readonly from: number
  to: number
}
const RESTORE = 'Restore a backup from before the change, keep this database as evidence, and ask who had access to it.'

export class Inspection implements Witness {
  entries = 0
  erased = 0
  readonly #of: Inspected
  readonly #roots: Roots
  /** Stretches of indexes whose entry is gone, in order. */
  readonly #gone: Stretch[] = []
  readonly #times: readonly { size: number; ms: number; from: string }[]
  readonly #mismatched: Signed[] = []
  #time = 0
  #lastGood = 0
  #next: number
  #lastEntry: string | null = null

  constructor(of: Inspected) {
    this.#of = of
    this.#next = of.start.size
    this.#lastGood = of.start.size
    this.#times = of.signed
      .map(({ size, at }) => ({ size, ms: notBefore(at, of.clock) }))
      .map(({ size, ms }) => ({ size, ms, from: new Date(ms - this.#grace).toISOString() }))
      .sort((a, b) => a.size - b.size)
    this.#roots = new Roots(
      of.start,
      of.signed.filter((one) => one.size <= of.head.size),
      (signed, isSame) => {
        if (!isSame) this.#mismatched.push(signed)
        else this.#lastGood = signed.size
      },
    )
  }

  leaf(leaf: LeafLine): void {
    if (leaf.index !== this.#next) this.#loses(this.#next, leaf.index - 1)
    this.#next = leaf.index + 1
    this.#lastEntry = leaf.entry
    this.#roots.add(leaf.leaf)
  }
  pair(line: JournalLine, leaf: LeafLine): void {
    this.entries++
    if (line.isErased) this.erased++
    if (line.leaf !== leaf.leaf || line.claimed !== leaf.leaf) this.#changed(line, leaf)
    this.#backdated(line, leaf)
  }
  outOfPlace(line: JournalLine | null, leaf: LeafLine | null): void {
    if (leaf !== null) this.#of.findings.breaksTreeAt(leaf.index)
    const what = line === null ? say`Entry ${leaf?.entry}` : say`The entry on ${named(line)} of ${line.at}`
    const place =
      leaf === null
        ? 'is behind the sealed part of the journal though it is sealed'
        : say`is entry ${leaf.index} of the log, and stands elsewhere in the journal`
    this.#of.findings.add(
      'reordered',
      { ...(line === null ? { entry: leaf?.entry ?? null } : whereOf(line)), index: leaf?.index ?? null },
      say`${what} ${place}: the order was changed afterwards. ${RESTORE}`,
    )
  }
  missing(leaf: LeafLine): void {
    this.#loses(leaf.index, leaf.index)
  }
  unsealed(line: JournalLine): void {
    const before = this.#times.findLast(({ ms }) => Date.parse(line.at) < ms - this.#grace)
    const says = say`The entry on ${named(line)} of ${line.at} is not in the log, though later ones are: it was put into the database by hand. Look at the record, and ask who had access to the database.`
    this.#of.findings.add(before === undefined ? 'unsealed' : 'backdated', whereOf(line), says)
  }
  isEnough(): boolean {
    this.#of.options.onProgress?.(this.#next, this.#of.head.size)
    return this.#of.options.isEnough?.() === true
  }

  /** After the last leaf: what only the whole can tell. */
  conclude(): void {
    const { findings, head } = this.#of
    for (const { from, to } of this.#gone) if (to < head.size - 1) this.#tellMissing(from, to)
    const tail = this.#gone.at(-1)
    const cut = tail !== undefined && tail.to === head.size - 1 ? tail.from : head.size
    const furthest = (isOutside: boolean): Signed | undefined =>
      this.#of.signed.findLast(
        (one) => one.isOutside === isOutside && one.size > cut && !isDeclared(this.#of.losses, one.size),
      )
    const [inside, outside] = [furthest(false), furthest(true)]
    const wasFurther = head.size === 0 ? head.end.xid !== '0' : this.#lastEntry !== head.end.id
    if (cut < head.size || inside !== undefined || wasFurther) this.#tellTruncated(cut, outside ?? inside)
    else if (outside !== undefined) this.#tellRolledBack(outside)
    if (!findings.has('truncated')) this.#tellRewritten()
  }

  get #grace(): number {
    return this.#of.options.graceMs ?? GRACE_MS
  }
  #loses(from: number, to: number): void {
    this.#of.findings.breaksTreeAt(from)
    const last = this.#gone.at(-1)
    if (last !== undefined && last.to === from - 1) last.to = to
    else this.#gone.push({ from, to })
  }
  #changed(line: JournalLine, leaf: LeafLine): void {
    const isRow = line.leaf !== leaf.leaf
    if (line.claimed !== leaf.leaf) this.#of.findings.breaksTreeAt(leaf.index)
    const what = isRow
      ? 'is not what was sealed: its row was changed afterwards'
      : 'is unchanged, but the leaf in its row was'
    this.#of.findings.add(
      'changed',
      { ...whereOf(line), index: leaf.index },
      say`The entry on ${named(line)} of ${line.at} (${leaf.index} in the log) ${what}. Do not rely on the history of ${named(line)}. ${RESTORE}`,
    )
  }
  /** An entry that is older than a checkpoint made before it was sealed. */
  #backdated(line: JournalLine, leaf: LeafLine): void {
    while ((this.#times[this.#time]?.size ?? Infinity) <= leaf.index) this.#time++
    while ((this.#times[this.#time - 1]?.size ?? 0) > leaf.index) this.#time--
    const before = this.#times[this.#time - 1]
    // As texts: both are written alike, and reading a quarter of a million times costs a tenth of the whole.
    if (before === undefined || before.from <= line.at) return
    this.#of.findings.add(
      'backdated',
      { ...whereOf(line), index: leaf.index },
      say`The entry on ${named(line)} says ${line.at}, but was sealed after ${new Date(before.ms).toISOString()}: it was put in later with an old time. Look at the record, and ask who had access to the database.`,
    )
  }
  #tellMissing(from: number, to: number): void {
    this.#of.findings.add(
      'missing',
      { index: from },
      say`The journal lacks ${stretch(from, to)} of the log: deleted after sealing. ${RESTORE}`,
    )
  }
  #tellTruncated(from: number, signed: Signed | undefined): void {
    const until =
      signed === undefined ? 'its end' : say`${signed.size - 1}, which the checkpoint of ${signed.at} covers`
    this.#of.findings.add(
      'truncated',
      { index: from, at: signed?.at ?? null },
      say`The end of the journal was cut off: it lacks everything from entry ${from} of the log to ${until}. ${RESTORE}`,
    )
  }
  #tellRolledBack(outside: Signed): void {
    const { size } = this.#of.head
    this.#of.findings.add(
      'rolledBack',
      { index: size, at: outside.at },
      say`The database is older than the checkpoint kept outside: ${outside.size} entries were sealed on ${outside.at}, and there are ${size}. The last ${outside.size - size} are lost. If an older backup was restored, restore a newer one or declare the loss from ${size} to ${outside.size}; otherwise somebody has cut the journal and its seal.`,
    )
  }
  /** Only the first: every later root follows from it. Those that a missing or changed leaf explains are not told again. */
  #tellRewritten(): void {
    for (const isOutside of [false, true]) {
      const first = this.#mismatched.find(
        (one) => one.isOutside === isOutside && !isDeclared(this.#of.losses, one.size),
      )
      if (first === undefined || this.#of.findings.isTreeBrokenBefore(first.size)) continue
      const good = this.#of.signed.reduce(
        (most, one) => (one.size < first.size && !this.#mismatched.includes(one) ? Math.max(most, one.size) : most),
        0,
      )
      this.#of.findings.add(
        'rewritten',
        { index: good, at: first.at },
        rewrittenSays(first, Math.min(good, this.#lastGood)),
      )
    }
  }
}

function whereOf(line: JournalLine): { entry: string; record: string; recordId: number; at: string } {
  return { entry: line.id, record: line.record, recordId: line.recordId, at: line.at }
}
