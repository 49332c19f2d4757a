/** Reports to begin with: the month of the service desk, the month of the service levels, and a skeleton for the board. */
import { said, toSay } from '#engines/say.ts'
import type { Block, FigureBlock, Source } from './blocks.ts'

interface ReadyMade {
  readonly name: 'desk' | 'levels' | 'board'
  readonly label: string
  readonly about: string
  readonly blocks: () => Block[]
}
/** Its words are those of whoever begins with it; from then on they are the report's own. */
export const READY_MADE: readonly [ReadyMade, ...ReadyMade[]] = [
  {
    name: 'desk',
    label: toSay('Service desk month'),
    about: toSay('What came in, what was solved, how people judged it, and what is still open.'),
    blocks: deskBlocks,
  },
  {
    name: 'levels',
    label: toSay('Service levels month'),
    about: toSay('How many promises were kept, which services missed theirs, and each incident that was late.'),
    blocks: levelBlocks,
  },
  {
    name: 'board',
    label: toSay('Board pack'),
    about: toSay('A skeleton for the board: summary, figures, major incidents, decisions to be made.'),
    blocks: boardBlocks,
  },
]
/** @param measures the names of the measures that there are: a figure of another one would have nothing to read */
export function readyDraft(name: ReadyMade['name'], measures: readonly string[]): Readonly<Record<string, unknown>> {
  const made = READY_MADE.find((one) => one.name === name) ?? READY_MADE[0]
  return {
    name: said(made.label),
    description: said(made.about),
    period: 'lastMonth',
    audience: 'me',
    blocks: made.blocks().map((block) => withKnown(block, measures)),
  }
}
function withKnown(block: Block, measures: readonly string[]): Block {
  if (block.kind !== 'figures') return block
  const isKnown = ({ source }: FigureBlock): boolean =>
    source.record !== 'measurement' || measures.some((name) => source.filter === measureFilter(name))
  return { ...block, items: block.items.filter(isKnown) }
}
function measureFilter(name: string): string {
  return `measure:${JSON.stringify(name)}`
}

const OPENED: Source = { record: 'incident', filter: '', when: 'openedAt' }
const RESOLVED: Source = { record: 'incident', filter: '', when: 'resolvedAt' }
const LATE: Source = { record: 'incident', filter: 'level:breached', when: 'openedAt' }
const OPEN: Source = { record: 'incident', filter: 'status:new,assigned,working,waiting', when: null }

function count(id: string, label: string, source: Source, rest: Partial<FigureBlock> = {}): FigureBlock {
  return { id, label: said(label), source, measure: { kind: 'count' }, better: 'neither', threshold: null, ...rest }
}
function valueOf(id: string, label: string, measure: string): FigureBlock {
  return {
    id,
    label: said(label),
    source: { record: 'measurement', filter: measureFilter(measure), when: 'on' },
    measure: { kind: 'latest', field: 'value' },
    better: 'higher',
    threshold: 10,
  }
}
function deskBlocks(): Block[] {
  return [
    {
      kind: 'figures',
      id: 'sum',
      title: said(toSay('In figures')),
      items: [
        count('opened', toSay('Incidents opened'), OPENED, { better: 'lower', threshold: 25 }),
        count('solved', toSay('Incidents resolved'), RESOLVED, { better: 'higher' }),
        { ...count('again', toSay('Reopened'), RESOLVED), measure: { kind: 'share', of: 'reopenCount>0' }, better: 'lower', threshold: 5 }, // oxfmt-ignore
        { ...count('score', toSay('Satisfaction, of 5'), { record: 'survey', filter: 'status:answered', when: 'answeredAt' }), measure: { kind: 'average', field: 'score' }, better: 'higher', threshold: 10 }, // oxfmt-ignore
        count('open', toSay('Open now'), OPEN),
      ],
    },
    {
      kind: 'groups',
      id: 'days',
      title: said(toSay('Opened, day by day')),
      source: OPENED,
      by: 'openedAt:day',
      split: null,
      as: 'lines',
    },
    {
      kind: 'groups',
      id: 'prio',
      title: said(toSay('By priority')),
      source: OPENED,
      by: 'priority',
      split: null,
      as: 'bars',
    },
    {
      kind: 'groups',
      id: 'what',
      title: said(toSay('By service')),
      source: OPENED,
      by: 'service',
      split: null,
      as: 'table',
    },
    {
      kind: 'table',
      id: 'old',
      title: said(toSay('Open longest')),
      source: OPEN,
      columns: ['number', 'subject', 'priority', 'status', 'assignee', 'openedAt'],
      sort: 'openedAt',
      limit: 15,
    },
  ]
}
function levelBlocks(): Block[] {
  return [
    {
      kind: 'figures',
      id: 'sum',
      title: said(toSay('Promises kept')),
      items: [
        valueOf('intime', toSay('Resolved in time, percent'), 'Incidents resolved in time'),
        valueOf('first', toSay('First answers in time, percent'), 'First answers in time'),
        count('late', toSay('Incidents past their due time'), LATE, { better: 'lower', threshold: 20 }),
      ],
    },
    {
      kind: 'groups',
      id: 'weeks',
      title: said(toSay('Late incidents by week and priority')),
      source: LATE,
      by: 'openedAt:week',
      split: 'priority',
      as: 'bars',
    },
    {
      kind: 'groups',
      id: 'what',
      title: said(toSay('Late incidents by service')),
      source: LATE,
      by: 'service',
      split: null,
      as: 'table',
    },
    {
      kind: 'table',
      id: 'each',
      title: said(toSay('Each of them')),
      source: LATE,
      columns: ['number', 'subject', 'priority', 'service', 'team', 'openedAt', 'resolvedAt'],
      sort: 'priority,openedAt',
      limit: 100,
    },
  ]
}
function boardBlocks(): Block[] {
  return [
    { kind: 'heading', id: 'h1', text: said(toSay('Summary')), level: 1 },
    { kind: 'text', id: 't1', text: said(toSay('Three sentences: what went well, what did not, what we ask for.')) },
    {
      kind: 'figures',
      id: 'sum',
      title: '',
      items: [
        count('opened', toSay('Incidents opened'), OPENED, { better: 'lower', threshold: 25 }),
        count('major', toSay('Major incidents'), { record: 'incident', filter: 'major:true', when: 'openedAt' }, { better: 'lower', threshold: 1 }), // oxfmt-ignore
        valueOf('intime', toSay('Resolved in time, percent'), 'Incidents resolved in time'),
        count('acts', toSay('Improvement actions open'), { record: 'action', filter: 'status:open', when: null }),
      ],
    },
    { kind: 'heading', id: 'h2', text: said(toSay('Major incidents')), level: 1 },
    {
      kind: 'table',
      id: 'majors',
      title: '',
      source: { record: 'incident', filter: 'major:true', when: 'openedAt' },
      columns: ['number', 'subject', 'service', 'openedAt', 'resolvedAt'],
      sort: 'openedAt',
      limit: 20,
    },
    { kind: 'heading', id: 'h3', text: said(toSay('Improvement')), level: 1 },
    {
      kind: 'table',
      id: 'actions',
      title: '',
      source: { record: 'action', filter: 'status:open', when: null },
      columns: ['subject', 'owner', 'dueOn'],
      sort: 'dueOn',
      limit: 20,
    },
    { kind: 'heading', id: 'h4', text: said(toSay('Decisions to be made')), level: 1 },
    {
      kind: 'text',
      id: 't2',
      text: said(toSay('What the board is asked to decide, with what it costs and what happens otherwise.')),
    },
  ]
}
