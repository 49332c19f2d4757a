/** The people of Harbour Works with their units, places, posts and teams. */
import type { Ref } from '#kit/field.ts'
import { location, personRecord, position, team, unit } from '#people'
import type { Book } from './book.ts'
import type { Dice } from './dice.ts'
import { Addresses, drawName } from './names.ts'
import type { Audience, Department, Site, SiteCode } from './site-plan.ts'
import type { TeamName } from './team-plan.ts'
import { OFFICE, PLANT, SITES } from './site-plan.ts'
import { TEAMS } from './team-plan.ts'
import type { Step, Story, Values } from './story.ts'
import { instantOf } from './story.ts'

export interface Employee {
  readonly ref: Ref
  readonly email: string
  readonly jobTitle: string
  readonly site: Site
  readonly audience: Audience
  readonly unit: Ref
  readonly location: Ref
  /** Employed from … until …, in epoch milliseconds. */
  readonly fromMs: number
  untilMs: number
}
export interface Crew {
  readonly name: TeamName
  readonly ref: Ref
  readonly lead: Employee
  readonly members: readonly Employee[]
}
export interface Cast {
  readonly everybody: readonly Employee[]
  readonly manager: Employee
  readonly officers: readonly Employee[]
  readonly crews: ReadonlyMap<TeamName, Crew>
  readonly units: ReadonlyMap<string, Ref>
  readonly sites: ReadonlyMap<SiteCode, { readonly unit: Ref; readonly location: Ref }>
}
export interface CastParts {
  readonly book: Book
  readonly dice: Dice
  readonly persons: number
  /** The first day of the history, in epoch milliseconds. */
  readonly startMs: number
  readonly nowMs: number
}
interface Post {
  readonly site: Site
  readonly unit: Ref
  readonly audience: Audience
}

export const MANAGER_NAME = 'Ines Marques'
const DAY = 86_400_000

export class Casting {
  readonly #parts: CastParts
  readonly #addresses = new Addresses()
  readonly #everybody: Employee[] = []
  readonly #locations = new Map<string, readonly Ref[]>()
  readonly #sites = new Map<SiteCode, { unit: Ref; location: Ref }>()
  readonly #units = new Map<string, Ref>()
  readonly #unitStories = new Map<number, Story>()
  readonly #hr: Step

  constructor(parts: CastParts) {
    this.#parts = parts
    this.#hr = { at: parts.startMs - 20 * DAY, by: null, origin: 'import' }
  }

  make(): Cast {
    const { book, persons } = this.#parts
    const company = this.#unit('Harbour Works', 'company', null, 'HW')
    for (const site of SITES) this.#site(site, company)
    const board = this.#head(
      OFFICE[0] as Department,
      { site: SITES[0] as Site, unit: this.#unitNamed('HAM/Executive board'), audience: 'office' },
      null,
    )
    const crews = this.#informationSystems(board)
    const staff = Math.max(persons - this.#everybody.length, 20)
    for (const site of SITES) this.#employees(site, Math.round(staff * site.share), board)
    const manager = this.#everybody.find((one) => one.ref.title === MANAGER_NAME) ?? board
    const officers = this.#everybody.filter((one) => /^(Chief|Head of (sales|human)|Plant manager)/.test(one.jobTitle))
    this.#unitStories
      .get(company.id)
      ?.change({ head: board.ref }, { ...this.#hr, at: this.#hr.at + DAY, by: manager.ref, origin: 'web' })
    for (const name of ['Data protection officer', 'Energy manager'])
      book.begin(
        position,
        { name, unit: company, status: 'vacant', description: 'To be filled; the duties are shared until then.' },
        this.#hr,
      )
    return { everybody: this.#everybody, manager, officers, crews, units: this.#units, sites: this.#sites }
  }

  #site(site: Site, company: Ref): void {
    const { book } = this.#parts
    const place = book.begin(
      location,
      { name: site.name, kind: 'site', address: site.address, country: site.country, timeZone: site.zone },
      this.#hr,
    ).ref
    for (const [name, kind, audiences] of site.buildings) {
      const inside = book.begin(location, { name, kind, parent: place }, this.#hr).ref
      for (const audience of audiences.split(' '))
        this.#locations.set(`${site.code}/${audience}`, [
          ...(this.#locations.get(`${site.code}/${audience}`) ?? []),
          inside,
        ])
    }
    const own = this.#unit(site.unit, 'site', company, site.code)
    this.#sites.set(site.code, { unit: own, location: place })
    for (const department of site.code === 'HAM' ? OFFICE : PLANT) {
      const made = this.#unit(
        department.name,
        'department',
        own,
        site.code === 'HAM' ? department.code : `${site.code}-${department.code}`,
      )
      this.#units.set(`${site.code}/${department.name}`, made)
    }
  }
  #unit(name: string, kind: string, parent: Ref | null, code: string): Ref {
    const story = this.#parts.book.begin(unit, { name, kind, parent, code }, this.#hr)
    this.#unitStories.set(story.ref.id, story)
    return story.ref
  }
  #unitNamed(name: string): Ref {
    const found = this.#units.get(name)
    if (found === undefined) throw new Error(`The plan of Harbour Works has no unit ${name}.`)
    return found
  }

  #informationSystems(board: Employee): Map<TeamName, Crew> {
    const { book, persons } = this.#parts
    const it: Post = { site: SITES[0] as Site, unit: this.#unitNamed('HAM/Information systems'), audience: 'it' }
    const top = this.#post('Information systems manager', it.unit, null)
    const manager = this.#person(
      it,
      { name: MANAGER_NAME, jobTitle: 'Information systems manager', position: top, lineManager: board.ref },
      true,
    )
    this.#unitStories.get(it.unit.id)?.change({ head: manager.ref }, this.#hr)
    const crews = new Map<TeamName, Crew>()
    for (const plan of TEAMS) {
      const size = Math.max(plan.size, Math.round((plan.size * persons) / 1200))
      const members: Employee[] = []
      const leadPost = this.#post(plan.lead, it.unit, top)
      for (let index = 0; index < size; index++) {
        const site = SITES.find((one) => one.code === plan.sites[index % plan.sites.length]) ?? it.site
        const jobTitle = index === 0 ? plan.lead : (plan.jobs[index % plan.jobs.length] ?? plan.lead)
        const filled = index === 0 ? leadPost : size <= 12 ? this.#post(jobTitle, it.unit, leadPost) : null
        members.push(
          this.#person(
            { ...it, site },
            { jobTitle, position: filled, lineManager: members[0]?.ref ?? manager.ref },
            true,
          ),
        )
      }
      const lead = members[0] ?? manager
      const ref = book.begin(
        team,
        {
          name: plan.name,
          about: plan.about,
          lead: lead.ref,
          members: members.map((one) => one.ref),
          email: `${plan.name.toLowerCase().replace(/[^a-z]/g, '')}@harbourworks.example`,
          unit: it.unit,
        },
        { ...this.#hr, by: manager.ref, origin: 'web' },
      ).ref
      crews.set(plan.name, { name: plan.name, ref, lead, members })
    }
    return crews
  }

  #employees(site: Site, count: number, board: Employee): void {
    const departments = site.code === 'HAM' ? OFFICE.slice(1, -1) : PLANT
    const weights = departments.reduce((sum, department) => sum + department.weight, 0)
    for (const department of departments) {
      const post: Post = {
        site,
        unit: this.#unitNamed(`${site.code}/${department.name}`),
        audience: department.audience,
      }
      const head = this.#head(department, post, board)
      const most = Math.max(1, Math.round((count * department.weight) / weights)) - 1
      let lead = head
      for (let index = 0; index < most; index++) {
        const isLead = most > 16 && index % 14 === 0
        const jobTitle = isLead ? `Team lead ${department.name.toLowerCase()}` : this.#parts.dice.pick(department.jobs)
        const made = this.#person(post, { jobTitle, lineManager: (isLead ? head : lead).ref }, isLead)
        if (isLead) lead = made
      }
    }
  }
  #head(department: Department, post: Post, board: Employee | null): Employee {
    const filled = this.#post(department.head, post.unit, null)
    const head = this.#person(
      post,
      { jobTitle: department.head, position: filled, lineManager: board?.ref ?? null },
      true,
    )
    this.#unitStories.get(post.unit.id)?.change({ head: head.ref }, { ...this.#hr, at: this.#hr.at + DAY })
    return head
  }
  #post(name: string, of: Ref, reportsTo: Ref | null): Ref {
    return this.#parts.book.begin(
      position,
      {
        name,
        unit: of,
        reportsTo,
        status: 'filled',
        description: `Holds the post of ${name.toLowerCase()} with the duties of the job description.`,
      },
      this.#hr,
    ).ref
  }

  /** Some joined during the two years and some left; who leads was there all the time. */
  #person(post: Post, values: Values, isStaying: boolean): Employee {
    const { book, dice, startMs, nowMs } = this.#parts
    const span = nowMs - startMs
    const name = typeof values['name'] === 'string' ? values['name'] : drawName(dice, post.site.names)
    const isNew = !isStaying && dice.isLucky(0.13)
    const fromMs = isNew ? startMs + span * dice.next() * 0.98 : startMs - dice.next() * 15 * 365 * DAY
    const place = this.#place(post)
    const extension = String(100 + this.#everybody.length).padStart(4, '0')
    const at = Math.max(this.#hr.at, Math.min(nowMs, fromMs - 5 * DAY))
    const story = book.begin(
      personRecord,
      {
        name,
        email: this.#addresses.take(name),
        unit: post.unit,
        location: place,
        timeZone: post.site.zone,
        phone: post.audience === 'production' ? null : `${post.site.phone} ${extension}`,
        employeeNumber: `HW${String(10_000 + this.#everybody.length)}`,
        startedOn: instantOf(fromMs).slice(0, 10),
        ...values,
      },
      { ...this.#hr, at },
    )
    // The story itself is not kept: fifty thousand of them would weigh on every collection of memory.
    const employee: Employee = {
      ref: story.ref,
      email: String(story.row['email']),
      jobTitle: String(story.row['jobTitle']),
      site: post.site,
      audience: post.audience,
      unit: post.unit,
      location: place,
      fromMs,
      untilMs: Infinity,
    }
    if (!isStaying && dice.isLucky(0.05)) this.#leaves(employee, story)
    this.#everybody.push(employee)
    return employee
  }
  #leaves(employee: Employee, story: Story): void {
    const { dice, startMs, nowMs } = this.#parts
    const from = Math.max(employee.fromMs + 60 * DAY, startMs)
    const untilMs = from + dice.next() * (nowMs - from)
    if (from >= nowMs - DAY) return
    employee.untilMs = untilMs
    story.move(
      'leave',
      { leftOn: new Date(untilMs).toISOString().slice(0, 10) },
      { at: untilMs, by: null, origin: 'import' },
    )
  }
  #place(post: Post): Ref {
    const fitting = this.#locations.get(`${post.site.code}/${post.audience}`) ?? []
    return fitting.length > 0
      ? this.#parts.dice.pick(fitting)
      : (this.#sites.get(post.site.code)?.location ?? post.unit)
  }
}
