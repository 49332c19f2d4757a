/** How an incident is worked: who takes it, whom it waits for, what restores it. The life stops where the present begins. */
import { addWorking } from '#engines/service-hours.ts'
import type { Pause } from '#engines/pauses.ts'
import { desk } from './desk-parts.ts'
import type { Employee } from './cast.ts'
import type { Dice } from './dice.ts'
import type { Pledge } from './levels.ts'
import type { TeamName } from './team-plan.ts'
import type { Step, Story, Values } from './story.ts'
import { instantOf } from './story.ts'

export interface Course {
  readonly story: Story
  readonly dice: Dice
  readonly pledge: Pledge
  readonly requester: Employee | null
  /** Working seconds of the targets. */
  readonly firstSeconds: number
  readonly resolutionSeconds: number
  /** Work it takes, in minutes. */
  readonly minutes: number
  /** Above 1 when few people are there. */
  readonly load: number
  readonly team: TeamName
  readonly resolution: string
  readonly closureCode: string
  /** An agent wrote it down and began at once. */
  readonly takenBy: Employee | null
  readonly agentOf: (team: TeamName, atMs: number) => Employee
  readonly teamRef: (team: TeamName) => Values
  /** It is over with an outage, at this instant. */
  readonly outageEndMs: number | null
  /** Only as many steps as a large scale allows. */
  readonly steps: 'rich' | 'three' | 'four'
}
export type Scene = readonly [atMs: number, act: (step: Omit<Step, 'by'>) => void]
/** What became of it, besides its row. */
export interface Trail {
  readonly pauses: Pause[]
  readonly agents: Employee[]
}

const MINUTE = 60_000
const DAY = 86_400_000

/** Lives until `nowMs`. */
export function live(course: Course, openedMs: number, nowMs: number): Trail {
  const trail: Trail = { pauses: [], agents: [] }
  let last = openedMs
  for (const [at, act] of scenes(course, openedMs, trail)) {
    last = Math.max(at, last + 1000)
    if (last > nowMs) break
    act({ at: last })
  }
  return trail
}

function* scenes(course: Course, openedMs: number, trail: Trail): Generator<Scene> {
  const mayWithdraw = course.outageEndMs === null && (course.takenBy === null || course.steps !== 'rich')
  if (mayWithdraw && course.dice.isLucky(0.035)) return yield* withdrawn(course, openedMs)
  const began = yield* beginning(course, openedMs, trail)
  let at = yield* working(course, began, trail)
  at = yield* ending(course, at, trail)
  yield* closing(course, at)
}
function* withdrawn({ story, dice, requester, firstSeconds, pledge }: Course, openedMs: number): Generator<Scene> {
  const at = addWorking(pledge.calendar, openedMs, Math.round(firstSeconds * dice.next() * 0.5))
  yield [
    at,
    (step) => story.move('cancel', {}, { ...step, by: requester?.ref ?? null, reason: dice.pick(desk.withdrawals) }),
  ]
}

/** Triage and first response. @returns when work began */
function* beginning(course: Course, openedMs: number, trail: Trail): Generator<Scene, number> {
  const { story, dice, takenBy, team } = course
  const isQuick = course.outageEndMs !== null
  const used = isQuick
    ? 60 * dice.int(2, 20)
    : Math.round(course.firstSeconds * Math.min(6, dice.logNormal(0.32, 0.85) * course.load))
  const firstMs =
    takenBy !== null ? openedMs + dice.int(20, 400) * 1000 : addWorking(course.pledge.calendar, openedMs, used)
  if (course.steps === 'three') return openedMs
  if (takenBy === null && course.steps === 'rich') {
    const triageMs = openedMs + (firstMs - openedMs) * (0.2 + 0.5 * dice.next())
    const agent = course.agentOf('Service desk', triageMs)
    yield [triageMs, (step) => story.move('assign', course.teamRef(team), { ...step, by: agent.ref })]
  }
  const agent = takenBy ?? course.agentOf(team, firstMs)
  yield [
    firstMs,
    (step) => {
      trail.agents.push(agent)
      story.move('start', takenBy === null ? { ...course.teamRef(team), assignee: agent.ref } : {}, {
        ...step,
        by: agent.ref,
      })
    },
  ]
  return firstMs
}

/** Hand-overs and waits. @returns when it could be resolved */
function* working(course: Course, beganMs: number, trail: Trail): Generator<Scene, number> {
  const { dice, pledge, load, resolutionSeconds, minutes, outageEndMs } = course
  if (outageEndMs !== null) return outageEndMs + dice.int(5, 150) * MINUTE
  const isFirstCall =
    course.takenBy !== null && (course.steps === 'three' || course.team === 'Service desk' || dice.isLucky(0.3))
  const work = Math.round(dice.logNormal(minutes, 0.5) * 60)
  if (isFirstCall || course.steps === 'three') return beganMs + Math.min(work, 4 * 3600) * 1000
  if (course.steps === 'rich' && course.takenBy !== null)
    yield handOver(course, beganMs + dice.int(6, 25) * MINUTE, course.team, trail)
  const isLong = dice.isLucky(0.03)
  const used = Math.max(
    work,
    Math.round(resolutionSeconds * Math.min(8, (isLong ? dice.logNormal(3, 0.6) : dice.logNormal(0.27, 0.82)) * load)),
  )
  if (course.steps === 'four') return addWorking(pledge.calendar, beganMs, used)
  if (dice.isLucky(0.07))
    yield handOver(
      course,
      addWorking(pledge.calendar, beganMs, Math.round(used * 0.3)),
      dice.pick(desk.secondLevel),
      trail,
    )
  if (!dice.isLucky(0.3)) return addWorking(pledge.calendar, beganMs, used)
  const waitsMs = addWorking(pledge.calendar, beganMs, Math.round(used * (0.35 + 0.3 * dice.next())))
  const resumeMs = yield* waiting(course, waitsMs, trail)
  return addWorking(pledge.calendar, resumeMs, Math.round(used * 0.4))
}
function handOver({ story, teamRef, agentOf, dice }: Course, atMs: number, team: TeamName, trail: Trail): Scene {
  const next = agentOf(team, atMs)
  return [
    atMs,
    (step) => {
      const by = trail.agents.at(-1)?.ref ?? null
      if (by?.id === next.ref.id) return
      trail.agents.push(next)
      story.change(
        { ...teamRef(team), assignee: next.ref, reassignmentCount: Number(story.row['reassignmentCount']) + 1 },
        { ...step, by, reason: dice.pick(desk.handOvers) },
      )
    },
  ]
}
function* waiting({ story, dice, pledge, team }: Course, atMs: number, trail: Trail): Generator<Scene, number> {
  const isPlace = dice.next()
  const waitingFor = isPlace < 0.6 ? 'requester' : isPlace < 0.86 ? 'supplier' : isPlace < 0.96 ? 'change' : 'other'
  const days = Math.min(45, dice.logNormal(waitingFor === 'requester' ? 1.9 : 4.6, 0.9))
  const endMs = addWorking(pledge.calendar, Math.round(atMs + days * DAY), dice.int(60, 5400))
  const by = (): Employee['ref'] | null => trail.agents.at(-1)?.ref ?? null
  const pause = { fromMs: atMs, toMs: null as number | null, reason: 'Waiting' }
  yield [
    atMs,
    (step) => {
      pause.fromMs = step.at
      trail.pauses.push(pause)
      story.move(
        'wait',
        {
          waitingFor,
          ...(dice.isLucky(0.4) ? { waitingUntil: instantOf(Math.ceil(endMs / 3_600_000) * 3_600_000) } : {}),
        },
        { ...step, by: by(), reason: dice.pick(desk.waits[waitingFor] ?? [team]) },
      )
    },
  ]
  yield [
    endMs,
    (step) => {
      pause.toMs = step.at
      story.move('resume', {}, { ...step, by: by() })
    },
  ]
  return endMs
}

/** Resolution, and once in a while back again. @returns when it was resolved for good */
function* ending(course: Course, atMs: number, trail: Trail): Generator<Scene, number> {
  const { story, dice, requester, steps } = course
  const said = { resolution: course.resolution, closureCode: course.closureCode }
  const by = (): Employee['ref'] | null => (trail.agents.at(-1) ?? course.takenBy)?.ref ?? null
  yield [atMs, (step) => story.move('resolve', said, { ...step, by: by() })]
  if (steps !== 'rich' || course.outageEndMs !== null || requester === null || !dice.isLucky(0.034)) return atMs
  const backMs = addWorking(course.pledge.calendar, atMs, Math.round(dice.logNormal(9000, 0.8)))
  const pause = { fromMs: atMs, toMs: 0, reason: 'Resolved, then reopened' }
  yield [
    backMs,
    (step) => {
      pause.fromMs = Date.parse(String(story.row['resolvedAt']))
      pause.toMs = step.at
      trail.pauses.push(pause)
      story.move('reopen', {}, { ...step, by: requester.ref, reason: dice.pick(desk.reopenings) })
    },
  ]
  const againMs = addWorking(course.pledge.calendar, backMs, dice.int(900, 9000))
  yield [againMs, (step) => story.move('start', {}, { ...step, by: by() })]
  const overMs = addWorking(
    course.pledge.calendar,
    againMs,
    Math.round(course.resolutionSeconds * dice.logNormal(0.1, 0.6)),
  )
  yield [
    overMs,
    (step) =>
      story.move(
        'resolve',
        { resolution: `${course.resolution} ${dice.pick(desk.secondFixes)}`, closureCode: 'fixed' },
        { ...step, by: by() },
      ),
  ]
  return overMs
}
function* closing({ story, dice, requester, steps }: Course, resolvedMs: number): Generator<Scene> {
  const isConfirmed = steps === 'rich' && requester !== null && dice.isLucky(0.24)
  const at = isConfirmed ? resolvedMs + dice.logNormal(0.2, 1) * DAY : resolvedMs + 3 * DAY + dice.int(0, 30) * MINUTE
  const step = isConfirmed
    ? { by: requester.ref }
    : { by: null, origin: 'rule' as const, reason: 'Nobody answered for three days.' }
  yield [at, (moment) => story.move('close', {}, { ...moment, ...step })]
}
