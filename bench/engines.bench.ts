/** Speed of the arithmetic engines: due instants over mixed calendars, and impact on a large service graph. */

import { buildGraph, impactOf } from '#engines/impact.ts'
import type { ServiceGraph } from '#engines/impact.ts'
import type { ServiceCalendar, WallRange } from '#engines/service-calendar.ts'
import { addWorking, compileCalendar } from '#engines/service-hours.ts'

export interface BenchFigure {
  name: string
  value: number
  unit: string
  bar: number
  better: 'higher' | 'lower'
}

/** Median of five runs each, after one run to warm up. */
export async function engineBenches(): Promise<BenchFigure[]> {
  const graph = largeGraph()
  return [
    {
      name: 'due instants over 6 calendars',
      value: Math.round(duesPerSecond()),
      unit: 'per second',
      bar: 300_000,
      better: 'higher',
    },
    { name: 'impact on 100,000 nodes and 500,000 edges', value: impactMs(graph), unit: 'ms', bar: 20, better: 'lower' },
  ]
}

const amounts = [900, 3600, 14_400, 28_800, 86_400, 288_000, 576_000]

function duesPerSecond(): number {
  const calendars = mixedCalendars().map(compileCalendar)
  const random = randomSource(1)
  const count = 200_000
  const starts = Float64Array.from(
    { length: count },
    () => 1_767_225_600_000 + Math.floor(random() * 31_536_000) * 1000,
  )
  const tookMs = medianMs(() => {
    let sum = 0
    starts.forEach((start, index) => {
      const calendar = calendars[index % calendars.length]
      if (calendar !== undefined) sum += addWorking(calendar, start, amounts[index % amounts.length] ?? 0)
    })
    return sum
  })
  return (count / tookMs) * 1000
}

function mixedCalendars(): ServiceCalendar[] {
  const workdays = ['mon', 'tue', 'wed', 'thu', 'fri']
  const week = (days: readonly string[], ranges: WallRange[]): ServiceCalendar['hours'] =>
    Object.fromEntries(days.map((day) => [day, ranges]))
  const everyDay = [...workdays, 'sat', 'sun']
  return [
    {
      timezone: 'Europe/Paris',
      hours: week(workdays, [['09:00', '17:00']]),
      holidays: ['2026-04-06', '2026-05-01', '2026-12-25'],
    },
    {
      timezone: 'America/New_York',
      hours: week(workdays, [
        ['08:30', '12:00'],
        ['13:00', '17:45'],
      ]),
    },
    { timezone: 'Etc/UTC', hours: week(everyDay, [['00:00', '24:00']]) },
    {
      timezone: 'America/Chicago',
      hours: week(everyDay, [
        ['00:00', '06:00'],
        ['22:00', '24:00'],
      ]),
    },
    {
      timezone: 'Asia/Kolkata',
      hours: week(workdays, [['09:30', '18:30']]),
      shifts: { '2026-08-15': [['10:00', '12:00']] },
    },
    {
      timezone: 'Australia/Lord_Howe',
      hours: week(everyDay, [['00:30', '23:30']]),
      breaks: { '2026-03-30': [['10:00', '11:30']] },
    },
  ]
}

/**
 * Each node depends on five with smaller numbers, so that nearly all of them hang on the first ones; every tenth
 * needs only one of its five.
 */
function largeGraph(): ServiceGraph {
  const nodes = 100_000
  const random = randomSource(2)
  const dependencies: number[] = []
  const anyOf: { node: number; members: number[] }[] = []
  for (let node = 1; node <= nodes; node++) {
    const needed = Array.from({ length: 5 }, () => Math.floor(random() * node))
    if (node % 10 === 0) anyOf.push({ node, members: needed })
    else for (const on of needed) dependencies.push(node, on)
  }
  return buildGraph({ nodes: nodes + 1, dependencies, anyOf })
}

function impactMs(graph: ServiceGraph): number {
  return Math.round(medianMs(() => impactOf(graph, [0]).nodes.length) * 100) / 100
}

function medianMs(work: () => number): number {
  work()
  const runs = Array.from({ length: 5 }, () => {
    const start = performance.now()
    work()
    return performance.now() - start
  })
  return runs.toSorted((a, b) => a - b)[2] ?? 0
}

/** The same numbers in every run (minimal standard generator of Park and Miller). */
function randomSource(seed: number): () => number {
  let state = seed
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
}
