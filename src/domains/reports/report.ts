/** Reports, and their issues: a report says what is read, an issue is what was read once, with what people say about it. */
import { say } from '#engines/say.ts'
import { choice, day, instant, json, longText, optional, person, ref, refs, stamped, states, text } from '#kit/field.ts'
import type { FieldProblem } from '#kit/problem.ts'
import { record } from '#kit/record.ts'
import { fitted } from '#kit/wanted.ts'
import type { GuardFacts } from '#kit/workflow.ts'
import { workflow } from '#kit/workflow.ts'
import { blockList } from './blocks.ts'
import type { Block } from './blocks.ts'
import { DELIVERIES, deliveriesShown } from './deliveries.ts'
import { commentaryShown, COMMENTS, commentsProblem, NEEDED, neededOf, neededShown } from './issue-facts.ts'
import type { NeededComment } from './issue-facts.ts'
import { PERIODS } from './periods.ts'

/** Each is read twice, for the period and the one before. */
const MOST_FIGURES = 60
const READERS = ['manager', 'lead', 'agent', 'officer', 'auditor'] as const
const AUDIENCES = [
  { value: 'me', label: 'Only its owner' },
  { value: 'everyone', label: 'Everybody who reads reports' },
] as const

export const report = record('report', {
  about: 'Figures, tables and charts over saved filters, with text: on screen, in print and by mail.',
  number: 'REP',
  place: 'reports',
  icon: 'chart',
  fields: {
    name: text({ max: 120 }),
    description: optional(longText({ max: 4000, help: 'What it is for, and for whom.' })),
    owner: stamped(person({ help: 'Who made it; it is made and sent with their rights.' })),
    period: choice(PERIODS, { default: 'lastMonth', help: 'The days that it is about, seen from the day it is made.' }),
    audience: choice(AUDIENCES, { label: 'Who may read it', default: 'me' }),
    blocks: optional(json<Block[]>(blocksProblem, { structure: blockList, help: 'What it is made of.' })),
    rule: optional(
      text({
        max: 200,
        searchable: false,
        label: 'Sent on',
        help: 'How often it is sent by mail, as an iCalendar rule: FREQ=MONTHLY;BYMONTHDAY=2.',
      }),
    ),
    firstOn: optional(day({ label: 'First sent on' })),
    recipients: refs('person', { help: 'Each gets it in their language, and only what they may read themselves.' }),
    nextOn: stamped(day({ label: 'Next sent on' })),
    problem: stamped(text({ max: 500, searchable: false, label: 'What is wrong', help: 'Why it could not be made by its schedule.' })), // oxfmt-ignore
  },
  list: ['name', 'period', 'owner', 'audience', 'nextOn', 'updatedAt'],
  sort: 'name',
  private: { owner: 'owner', unless: ['audience', 'everyone'] },
  scope: 'shared',
  indexes: [{ on: ['nextOn'] }],
  views: [
    { name: 'mine', label: 'Mine', query: 'filter=owner:me&sort=name' },
    { name: 'sent', label: 'Sent by mail', query: 'filter=nextOn:any&sort=nextOn' },
  ],
  emptyText:
    'A report reads figures from your records each time it is made, and keeps every issue as it was. Begin with a ready-made one, or build your own.',
  can: { read: [...READERS], create: ['manager', 'lead'], update: ['field:owner', 'manager'] },
})
function blocksProblem(value: unknown): string | null {
  const read = fitted(blockList, value)
  if ('problems' in read) return misfitInWords(read.problems)
  const count = read.value.reduce((all, block) => all + (block.kind === 'figures' ? block.items.length : 0), 0)
  if (count > MOST_FIGURES) return say`A report has at most ${MOST_FIGURES} figures; this one has ${count}.`
  const ids = read.value.flatMap((block) => [
    block.id,
    ...(block.kind === 'figures' ? block.items.map((item) => item.id) : []),
  ])
  return new Set(ids).size === ids.length ? null : say`Two blocks or figures have one id. Give each its own.`
}

function misfitInWords([first]: readonly FieldProblem[]): string {
  const { pointer = '', detail = '' } = first ?? {}
  return pointer === ''
    ? say`The blocks are not understood: ${detail}`
    : say`The block at ${pointer} is not understood: ${detail}`
}

export const reportIssue = record('reportIssue', {
  about:
    'A report as it was made once: its data does not change any more; the commentary is written until it is released.',
  number: 'RI',
  plural: 'reportissues',
  label: 'Report issue',
  labelPlural: 'Report issues',
  place: 'reports',
  icon: 'file',
  title: 'name',
  fields: {
    name: stamped(text({ max: 200 })),
    report: stamped(ref('report')),
    status: states([
      { value: 'draft', label: 'Draft', tone: 'warn' },
      { value: 'released', label: 'Released', tone: 'good' },
      { value: 'withdrawn', label: 'Withdrawn', tone: 'none' },
    ]),
    from: stamped(day()),
    to: stamped(day()),
    owner: stamped(person({ help: 'Whose rights it was read with.' })),
    audience: stamped(choice(AUDIENCES, { label: 'Who may read it', help: 'A draft is for its owner alone.' })),
    sha256: stamped(
      text({ max: 64, searchable: false, label: 'Data', help: 'The SHA-256 of what was read, as canonical JSON.' }),
    ),
    needed: stamped(
      json<NeededComment[]>(() => null, { structure: NEEDED, shown: neededShown, label: 'To be explained' }),
    ),
    commentary: optional(json<Record<string, string>>(commentsProblem, { structure: COMMENTS, shown: commentaryShown, help: 'Why figures changed, by figure.' })), // oxfmt-ignore
    why: optional(longText({ max: 4000, label: 'Why', help: 'What whoever releases or withdraws it says to that.' })),
    releasedBy: stamped(person()),
    releasedAt: stamped(instant({ label: 'Released' })),
    deliveries: stamped(json(() => null, { structure: DELIVERIES, shown: deliveriesShown, label: 'Sent to' })),
  },
  list: ['name', 'report', 'status', 'from', 'to', 'releasedBy', 'releasedAt'],
  sort: '-id',
  private: { owner: 'owner', unless: ['audience', 'everyone'] },
  scope: 'shared',
  partOf: 'report',
  indexes: [{ on: ['report'] }],
  views: [{ name: 'released', label: 'Released', query: 'filter=status:released&sort=-id' }],
  emptyText: 'An issue appears here when a report is made: open a report and make one.',
  can: { read: [...READERS], create: [], update: ['field:owner', 'manager'] },
})
export const issueFlow = workflow(
  reportIssue,
  'status',
  {
    draft: {
      release: {
        to: 'released',
        by: ['manager', 'field:owner'],
        needs: ['why'],
        guard: isExplained,
        stamps: ({ actor, now }) => ({
          releasedAt: now,
          releasedBy:
            actor.person === null ? null : { id: actor.person, number: `P-${actor.person}`, title: actor.name },
        }),
      },
      withdraw: { to: 'withdrawn', by: ['manager', 'field:owner'], needs: ['why'] },
    },
    released: { withdraw: { to: 'withdrawn', by: ['manager', 'field:owner'], needs: ['why'] } },
  },
  { ends: ['released', 'withdrawn'] },
)
/** Nothing is released that changed beyond its threshold without a word. */
function isExplained({ row }: GuardFacts): string | null {
  const open = neededOf(row)
  return open.length === 0 ? null : say`Write first why these changed: ${open.map(({ label }) => label).join(', ')}.`
}
