// What the desk adds to the pages of incidents and major incidents.
import type { FullRow } from '../../data/contract.ts'
import { messages } from '../../messages/messages.ts'
import { registerCommand, registerHint, registerPanel } from '../panels.ts'
import { aroundOf, isOpen } from './contract.ts'

const words = messages.desk
const hasNews = (row: FullRow) => aroundOf(row).warnings.length > 0 || aroundOf(row).majorIncident !== null
const isReportedByMany = (row: FullRow) =>
  aroundOf(row).children.reported > 1 || (!isOpen(row) && aroundOf(row).children.open > 0)
const isMerged = (row: FullRow) => row['duplicateOf'] !== null && row['duplicateOf'] !== undefined
const mayChange = (row: FullRow) => row.can?.update === true

registerPanel(
  {
    record: 'incident',
    where: 'top',
    name: 'standing',
    label: '',
    when: (row) => hasNews(row) || isReportedByMany(row) || isMerged(row) || aroundOf(row).survey !== null,
  },
  () => import('./standing.tsx'),
)
registerPanel(
  {
    record: 'incident',
    where: 'tab',
    name: 'family',
    get label() {
      return words.family
    },
  },
  () => import('./family.tsx'),
)
registerPanel(
  {
    record: 'incident',
    where: 'side',
    name: 'similar',
    get label() {
      return words.similar
    },
    when: isOpen,
  },
  () => import('./similar.tsx'),
)
registerPanel(
  {
    record: 'incident',
    where: 'side',
    name: 'time',
    get label() {
      return words.time
    },
  },
  () => import('./time-worked.tsx'),
)
registerPanel(
  {
    record: 'incident',
    where: 'composer',
    name: 'replies',
    get label() {
      return words.replies
    },
  },
  () => import('./reply-picker.tsx'),
)
registerCommand(
  {
    record: 'incident',
    name: 'merge',
    get label() {
      return words.merge
    },
    when: (row) => mayChange(row) && !isMerged(row),
  },
  () => import('./merge.tsx'),
)
registerCommand(
  {
    record: 'incident',
    name: 'declare-major',
    get label() {
      return words.declare
    },
    when: (row) => mayChange(row) && isOpen(row) && !isMerged(row) && row['major'] !== true,
  },
  () => import('./declare-major.tsx'),
)
registerHint('incident', () => import('./writing-hint.tsx'))
registerPanel({ record: 'majorIncident', where: 'top', name: 'next-news', label: '' }, () => import('./next-news.tsx'))
registerPanel(
  {
    record: 'majorIncident',
    where: 'first',
    name: 'chronicle',
    get label() {
      return words.chronicle
    },
  },
  () => import('./chronicle.tsx'),
)
registerPanel(
  {
    record: 'majorIncident',
    where: 'tab',
    name: 'review',
    get label() {
      return words.review
    },
  },
  () => import('./review.tsx'),
)
