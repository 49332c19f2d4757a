/** From seeds to incidents: what was written down, how it was worked, and what hangs on it. */
import { defaultMatrix, priorityOf } from '#engines/priority.ts'
import { incident } from '#desk'
import type { Away } from './absences.ts'
import { tellBeside } from './beside.ts'
import type { Book } from './book.ts'
import type { Cast, Employee } from './cast.ts'
import type { Offer } from './catalogue.ts'
import { keepClocks } from './clocks.ts'
import type { Dice } from './dice.ts'
import type { Figures } from './figures.ts'
import type { Levels, Pledge } from './levels.ts'
import type { Course } from './life.ts'
import { live } from './life.ts'
import type { MajorTeller } from './majors.ts'
import { subjectOf, wordsOf } from './reports.ts'
import type { Seed } from './seeds.ts'
import type { TeamName } from './team-plan.ts'
import type { Step, Story, Values } from './story.ts'
import { instantOf } from './story.ts'
import { tellSurvey } from './surveys.ts'

export interface DeskParts {
  readonly book: Book
  readonly cast: Cast
  readonly offer: Offer
  readonly levels: Levels
  readonly away: Away
  readonly dice: Dice
  readonly nowMs: number
  readonly figures: Figures
  readonly majors: MajorTeller
  /** Journal entries that an incident may have on average; null tells each in full. */
  readonly mostEntries: number | null
}
const PRESENT = 21 * 86_400_000
const TAKEN = new Set<Channel>(['phone', 'chat', 'walkin'])
type Channel = 'portal' | 'mail' | 'phone' | 'chat' | 'walkin' | 'monitoring'

export class Desk {
  readonly #parts: DeskParts
  #allowance = 0
  constructor(parts: DeskParts) {
    this.#parts = parts
  }

  /** Tells one incident up to now. */
  tell(seed: Seed): void {
    const { book, nowMs, figures, majors, dice } = this.#parts
    const steps = this.#steps(seed)
    const { story, course } = this.#begin(seed, steps)
    if (seed.disaster !== null) majors.attach(seed, story)
    const trail = live(course, seed.atMs, nowMs)
    if (steps !== 'rich') this.#allowance -= story.told.length
    if (steps === 'rich')
      tellBeside({ book, dice, nowMs, story, requester: seed.requester, trail, minutes: course.minutes })
    const kept = keepClocks(book, story, course.pledge, { pauses: trail.pauses, nowMs })
    figures.add({ row: story.row, family: seed.trouble.family, kept })
    if (steps === 'rich' && seed.requester !== null)
      figures.addSurvey(
        tellSurvey({ book, dice, nowMs, story, requester: seed.requester, isLate: kept.resolution === 'breached' }),
      )
  }

  /** At a large scale three entries are enough for most; what withdrawn and open ones leave over gives some a fourth. */
  #steps(seed: Seed): Course['steps'] {
    const { mostEntries, nowMs } = this.#parts
    // Present work is what people look at: it is told in full at any scale.
    if (mostEntries === null || seed.atMs > nowMs - PRESENT) return 'rich'
    this.#allowance += mostEntries
    if (seed.disaster?.isFirst === true) return 'four'
    return this.#allowance >= 4 ? 'four' : 'three'
  }

  #begin(seed: Seed, steps: Course['steps']): { story: Story; course: Course } {
    const { book, cast, dice } = this.#parts
    const { plan } = seed.offered
    const channel = this.#channel(seed)
    const isTaken = TAKEN.has(channel)
    const team = this.#team(seed)
    const taker = isTaken || steps === 'three' ? this.#agentOf('Service desk', seed) : null
    const weight = this.#weight(seed)
    const priority = priorityOf(defaultMatrix, weight.impact, weight.urgency)
    const words = wordsOf(seed, dice, () => dice.pick(cast.everybody).ref.title)
    const story = book.begin(
      incident,
      {
        subject: subjectOf(seed, words, dice),
        description: words.description,
        ...weight,
        priority,
        service: seed.offered.ref,
        category: this.#parts.offer.categories.get(seed.trouble.family) ?? null,
        ...whose(seed.requester),
        channel,
        openedAt: instantOf(seed.atMs),
        ...(taker === null ? {} : { ...this.#teamRef('Service desk'), assignee: taker.ref }),
      },
      this.#firstStep(seed, channel, isTaken ? taker : null),
    )
    const pledge = this.#pledge(plan.hours === 'plant', seed.requester)
    const target = (clock: string): number => pledge.targets.get(`${priority}/${clock}`)?.seconds ?? 28_800
    return {
      story,
      course: {
        story,
        dice,
        pledge,
        requester: seed.requester,
        firstSeconds: target('firstResponse'),
        resolutionSeconds: target('resolution'),
        minutes: seed.trouble.minutes,
        load: seed.day.load,
        team,
        resolution: words.resolution,
        closureCode: words.closureCode,
        takenBy: taker,
        agentOf: (name) => this.#agentOf(name, seed),
        teamRef: (name) => this.#teamRef(name),
        outageEndMs: seed.disaster?.of.untilMs ?? null,
        steps,
      },
    }
  }
  #firstStep(seed: Seed, channel: Channel, taker: Employee | null): Step {
    if (channel === 'monitoring') return { at: seed.atMs, by: null, origin: 'api' }
    if (taker !== null) return { at: seed.atMs, by: taker.ref }
    return { at: seed.atMs, by: seed.requester?.ref ?? null, origin: channel === 'mail' ? 'api' : 'web' }
  }

  #channel(seed: Seed): Channel {
    if (seed.requester === null) return 'monitoring'
    const { dice } = this.#parts
    const chance = dice.next() + (seed.disaster === null ? 0 : 0.3)
    if (chance < 0.36) return 'portal'
    if (chance < 0.54) return 'mail'
    if (chance < 0.61) return 'chat'
    return chance < 0.68 ? 'walkin' : 'phone'
  }
  /** The service desk solves what it can; the rest goes to the team of the service. */
  #team({ offered, trouble }: Seed): TeamName {
    const isSimple = trouble.minutes <= 20 || trouble.closureCode === 'advice'
    return isSimple && this.#parts.dice.isLucky(0.62) ? 'Service desk' : offered.plan.team
  }
  #weight({ disaster, offered, trouble }: Seed): { impact: string; urgency: string } {
    const { dice } = this.#parts
    if (disaster?.isFirst === true)
      return { impact: disaster.of.outage.site === null ? 'everyone' : 'site', urgency: 'high' }
    const many = offered.plan.criticality === 'critical' ? 2 : offered.plan.criticality === 'high' ? 1 : 0.3
    const chance = dice.next()
    const impact =
      chance < 0.006 * many
        ? 'everyone'
        : chance < 0.03 * many
          ? 'site'
          : chance < 0.13 + 0.05 * many
            ? 'team'
            : 'person'
    const hurry = dice.next()
    const isQuestion = trouble.closureCode === 'advice'
    const urgency =
      disaster !== null || (hurry < 0.15 && !isQuestion) ? 'high' : hurry > (isQuestion ? 0.4 : 0.72) ? 'low' : 'normal'
    return { impact: disaster === null ? impact : 'person', urgency }
  }
  #pledge(isPlant: boolean, requester: Employee | null): Pledge {
    const { levels } = this.#parts
    if (isPlant) return levels.plant
    if (requester === null) return levels.rest
    return levels.sites.get(requester.audience === 'it' ? 'HAM' : requester.site.code) ?? levels.rest
  }

  #agentOf(name: TeamName, seed: Seed): Employee {
    const { cast, away, dice } = this.#parts
    const crew = cast.crews.get(name)
    const members = crew?.members ?? [cast.manager]
    const isOnSite = name === 'Workplace' || name === 'Plant IT'
    for (let tries = 0; tries < 8; tries++) {
      const one = dice.pick(members)
      if (away.isAway(one, seed.atMs)) continue
      if (isOnSite && tries < 4 && seed.requester !== null && one.site.code !== seed.requester.site.code) continue
      return one
    }
    return crew?.lead ?? cast.manager
  }
  #teamRef(name: TeamName): Values {
    return { team: this.#parts.cast.crews.get(name)?.ref ?? null }
  }
}
function whose(requester: Employee | null): Values {
  return { requester: requester?.ref ?? null, unit: requester?.unit ?? null, location: requester?.location ?? null }
}
