/** The desk's figures over a span of days. Each one says how it is counted and carries the list behind it. */
import { say, said } from '#engines/say.ts'
import { readable } from '#kit/access.ts'
import type { Actor } from '#kit/actor.ts'
import type { Sql } from '#kit/database.ts'
import { survey } from './around.ts'
import { AGES, answersByScore, OPEN, openByAge, openedByPeriod, resolvedByPeriod } from './desk-counts.ts'
import type { Resolved } from './desk-counts.ts'
import { incident } from './incident.ts'
import { periodsOf, within } from './report-periods.ts'
import type { Span } from './report-periods.ts'

export interface Behind {
  readonly record: 'incident' | 'survey'
  readonly filter: string
}
export interface Figure {
  readonly name: string
  readonly label: string
  /** Null: nothing was there to be counted. */
  readonly value: number | null
  readonly unit: 'incidents' | 'share' | 'of 5'
  readonly definition: string
  /** How many records it was computed from. */
  readonly evidence: number
  readonly list: Behind
}
export interface Bar {
  readonly label: string
  readonly count: number
  readonly list: Behind
}
export interface Volume {
  readonly on: string
  readonly opened: number
  readonly resolved: number
  readonly openedList: Behind
  readonly resolvedList: Behind
}
export interface DeskReport {
  readonly from: string
  readonly to: string
  readonly by: 'day' | 'week'
  readonly volume: readonly Volume[]
  readonly backlog: readonly Bar[]
  readonly reassigned: readonly Bar[]
  readonly scores: readonly Bar[]
  readonly figures: readonly Figure[]
}

/** Figures of `from` … `to`, over what the reader may read. The backlog is as of now: what was open on an earlier day is told by the history alone. */
export async function deskReport(on: Sql, reader: Actor, span: Span): Promise<DeskReport> {
  const periods = periodsOf(span)
  const asked = { org: reader.org, seen: readable(reader, incident) }
  const [opened, resolved, ages, scores] = await Promise.all([
    openedByPeriod(on, asked, periods),
    resolvedByPeriod(on, asked, periods),
    openByAge(on, asked, span),
    answersByScore(on, { org: reader.org, seen: readable(reader, survey) }, periods),
  ])
  const volume = periods.all.map((period, index) => ({
    on: period.on,
    opened: opened[index] ?? 0,
    resolved: sum(resolved.filter((row) => row.period === index)),
    openedList: incidents(within('openedAt', period)),
    resolvedList: incidents(within('resolvedAt', period)),
  }))
  return {
    from: span.from,
    to: span.to,
    by: periods.by,
    volume,
    backlog: backlog(ages),
    reassigned: reassigned(within('resolvedAt', span), resolved),
    scores: scoreBars(within('answeredAt', span), scores),
    figures: [...counts(span, opened, resolved), ...shares(span, resolved), satisfaction(span, scores)],
  }
}

function incidents(filter: string): Behind {
  return { record: 'incident', filter }
}
function sum(rows: readonly Resolved[]): number {
  return rows.reduce((total, row) => total + row.n, 0)
}

function counts(span: Span, opened: readonly number[], resolved: readonly Resolved[]): Figure[] {
  const count = opened.reduce((total, n) => total + n, 0)
  return [
    {
      name: 'opened',
      label: said('Opened'),
      value: count,
      unit: 'incidents',
      definition: say`Incidents opened in these days.`,
      evidence: count,
      list: incidents(within('openedAt', span)),
    },
    {
      name: 'resolved',
      label: said('Resolved'),
      value: sum(resolved),
      unit: 'incidents',
      definition: say`Incidents resolved in these days and not reopened since.`,
      evidence: sum(resolved),
      list: incidents(within('resolvedAt', span)),
    },
  ]
}
function shares(span: Span, resolved: readonly Resolved[]): Figure[] {
  const all = sum(resolved)
  const during = within('resolvedAt', span)
  const share = (rows: readonly Resolved[]): Pick<Figure, 'value' | 'unit' | 'evidence'> => ({
    value: all === 0 ? null : sum(rows) / all,
    unit: 'share',
    evidence: all,
  })
  return [
    {
      name: 'reopened',
      label: said('Reopened'),
      ...share(resolved.filter((row) => row.isReopened)),
      definition: say`Of the resolved ones, those that had to be reopened at least once.`,
      list: incidents(`${during} reopenCount>0`),
    },
    {
      name: 'firstContact',
      label: said('Solved at first contact'),
      ...share(resolved.filter((row) => !row.isReopened && row.reassigned === 0)),
      definition: say`Of the resolved ones, those that were never passed on to somebody else and never reopened.`,
      list: incidents(`${during} -reassignmentCount>0 -reopenCount>0`),
    },
  ]
}
function satisfaction(span: Span, scores: readonly number[]): Figure {
  const answers = scores.reduce((total, n) => total + n, 0)
  const points = scores.reduce((total, n, index) => total + n * (index + 1), 0)
  return {
    name: 'satisfaction',
    label: said('Satisfaction'),
    value: answers === 0 ? null : points / answers,
    unit: 'of 5',
    definition: say`Average of the answers given in these days, from 1 (bad) to 5 (very good).`,
    evidence: answers,
    list: { record: 'survey', filter: `status:answered ${within('answeredAt', span)}` },
  }
}

function backlog(ages: readonly number[]): Bar[] {
  const labels = [
    said('less than a day'),
    said('1 to 3 days'),
    said('3 to 7 days'),
    said('1 to 4 weeks'),
    said('older than 4 weeks'),
  ]
  return ages.map((count, index) => {
    const [older, younger] = [AGES[index], AGES[index - 1]]
    const from = older === undefined ? '' : ` openedAt>=-${older}d`
    const before = younger === undefined ? '' : ` openedAt<-${younger}d`
    return { label: labels[index] ?? '', count, list: incidents(`status:${OPEN.join(',')}${from}${before}`) }
  })
}
function reassigned(during: string, resolved: readonly Resolved[]): Bar[] {
  const bars = [
    [said('never'), '-reassignmentCount>0'],
    [said('once'), 'reassignmentCount:1'],
    [said('twice'), 'reassignmentCount:2'],
    [said('three times'), 'reassignmentCount:3'],
    [said('four times or more'), 'reassignmentCount>=4'],
  ]
  return bars.map(([label = '', filter], times) => ({
    label,
    count: sum(resolved.filter((row) => row.reassigned === times)),
    list: incidents(`${during} ${filter}`),
  }))
}
function scoreBars(during: string, scores: readonly number[]): Bar[] {
  return scores.map((count, index) => ({
    label: String(index + 1),
    count,
    list: { record: 'survey', filter: `status:answered ${during} score:${index + 1}` },
  }))
}
