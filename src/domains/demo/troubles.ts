/** From the texts of troubles to incidents in somebody's words. */
import type { Dice } from './dice.ts'
import { Urn } from './dice.ts'
import type { Family } from './service-plan.ts'
import { BUSINESS_TROUBLES } from './trouble-texts-business.ts'
import { TECHNICAL_TROUBLES } from './trouble-texts-technical.ts'

export interface Trouble {
  readonly family: Family
  readonly weight: number
  /** Work that it takes, half of the time less. */
  readonly minutes: number
  readonly closureCode: string
  /** Found by monitoring, not by a person. */
  readonly isAlarm: boolean
  readonly subjects: readonly string[]
  readonly details: readonly string[]
  readonly fixes: readonly string[]
}

export const TROUBLES: readonly Trouble[] = `${BUSINESS_TROUBLES}${TECHNICAL_TROUBLES}`.split(/^# /m).slice(1).map(read)

function read(block: string): Trouble {
  const [head = '', ...lines] = block.trim().split('\n')
  const [family, weight, minutes, closureCode = 'fixed', alarm] = head.split(' ')
  const starting = (mark: string): string[] =>
    lines.filter((line) => line.startsWith(mark)).map((line) => line.slice(2))
  // The texts are our own; a test checks that each names a family and has all three kinds of line.
  return {
    family: family as Family,
    weight: Number(weight),
    minutes: Number(minutes),
    closureCode,
    isAlarm: alarm === 'alarm',
    subjects: starting('? '),
    details: starting('- '),
    fixes: starting('= '),
  }
}

const urns = new Map(
  Object.entries(Object.groupBy(TROUBLES, (trouble) => trouble.family)).map(([family, list]) => [
    family,
    new Urn(list ?? [], (trouble) => trouble.weight),
  ]),
)
/** @throws when no text names the family. */
export function drawTrouble(dice: Dice, family: Family): Trouble {
  const urn = urns.get(family)
  if (urn === undefined) throw new Error(`No trouble is written for ${family}.`)
  return urn.draw(dice)
}

/** What the slots of one incident are filled with; the same slot is the same thing throughout it. */
export interface Scene {
  readonly dice: Dice
  readonly site: string
  readonly names: () => string
  readonly atMs: number
  readonly filled: Map<string, string>
}
export function fillSlots(text: string, scene: Scene): string {
  return text.replace(/\{(\w+)\}/g, (_, slot: string) => {
    const known = scene.filled.get(slot)
    if (known !== undefined) return known
    const made = SLOTS[slot]?.(scene) ?? slot
    scene.filled.set(slot, made)
    return made
  })
}

const words = (text: string): string[] => text.split(', ')
const SUPPLIERS = words(
  'Kettenwerk Kröger, Hydraulik Nord, Stahlhandel Weser, Baltic Bearings, Rolamentos do Douro, Farben Petersen, Polimery Gdynia, Elektro Hansa, Norsk Tau, Cabos Atlântico',
)
const CUSTOMERS = words(
  'Port of Rotterdam, Nordsee Reederei, Baltic Ferries, Marinha Naval, Stocznia Remontowa, Fjord Lines, Hafen Rostock, Adria Shipyards, Island Cargo, Tallinn Terminals, Atlantic Towage, Port of Valencia, Skagen Shipping, Terminal Sines',
)
const APPS = words(
  'PDF editor, Project planner, Welding simulator, Hydraulics library, Unit converter, Diagram tool, Tender portal plug-in, Archive viewer, Video editor, Label designer',
)
const REPORTS = words(
  'Delivery reliability, Order intake, Scrap by line, Stock range, Overtime, Open offers, Cost per winch, Supplier scorecard, Cash forecast, Energy use',
)
const DEPARTMENTS = words(
  'Sales, Purchasing, Assembly, Maintenance, Quality, Finance, Logistics, Engineering, Planning, Service',
)
const MONTHS = words('January, February, March, April, May, June, July, August, September, October, November, December')
const CODES = words(
  'M7-021, F5-808, ME-172, VL-150, E1087, 0x80070035, IE-4411, HTTP 502, ORA-01555, S-118, C-2014, 550 5.7.1, AUTH-17, DB-9204',
)
const MACHINES = words(
  'CNC 4, CNC 7, CNC 11, Milling centre 2, Lathe 5, Welding robot 1, Welding robot 3, Paint line, Press 2, Crane test stand, Winch test stand, Measuring machine 1',
)
const HALLS = words(
  'hall A, hall B, the machining hall, the assembly hall, the paint shop, the warehouse, the dispatch area, the yard',
)
const CARRIERS = words('Nordspedition, Trans-Baltic, Transportes Leixões, Hansa Cargo, Kurier Plus')

const SLOTS: Readonly<Record<string, (scene: Scene) => string>> = {
  order: ({ dice }) => `45${dice.int(10_000_000, 99_999_999)}`,
  article: ({ dice }) => `${dice.pick(['MW', 'DC', 'FN', 'HY', 'EL'])}-${dice.int(1000, 9999)}.${dice.int(10, 99)}`,
  batch: ({ dice, site }) => `${site}${dice.int(24, 26)}-${dice.int(10_000, 99_999)}`,
  supplier: ({ dice }) => dice.pick(SUPPLIERS),
  customer: ({ dice }) => dice.pick(CUSTOMERS),
  carrier: ({ dice }) => dice.pick(CARRIERS),
  app: ({ dice }) => dice.pick(APPS),
  report: ({ dice }) => dice.pick(REPORTS),
  department: ({ dice }) => dice.pick(DEPARTMENTS),
  month: ({ atMs, dice }) => MONTHS[(new Date(atMs).getUTCMonth() + 12 - dice.int(0, 1)) % 12] ?? 'January',
  code: ({ dice }) => dice.pick(CODES),
  machine: ({ dice }) => dice.pick(MACHINES),
  hall: ({ dice }) => dice.pick(HALLS),
  line: ({ dice }) => `line ${dice.int(1, 9)}`,
  host: ({ dice, site }) => `${site}-${dice.pick(['NB', 'NB', 'NB', 'PC', 'TB'])}${dice.int(1000, 9899)}`,
  server: ({ dice, site }) =>
    `${site.toLowerCase()}-${dice.pick(['app', 'db', 'file', 'web', 'mes', 'bak'])}-${String(dice.int(1, 24)).padStart(2, '0')}`,
  switch: ({ dice, site }) => `${site.toLowerCase()}-sw-${String(dice.int(1, 60)).padStart(2, '0')}`,
  printer: ({ dice, site }) => `${site}-P${String(dice.int(1, 120)).padStart(3, '0')}`,
  room: ({ dice, site }) => `${site} ${dice.int(1, 5)}.${String(dice.int(1, 40)).padStart(2, '0')}`,
  ext: ({ dice }) => String(dice.int(100, 2900)),
  account: ({ dice }) => String(dice.int(100_000, 899_900)),
  amount: ({ dice }) => `${dice.int(2, 980)},${String(dice.int(0, 999)).padStart(3, '0')}`,
  time: ({ dice }) => `${dice.int(6, 15)}:${dice.pick(['00', '10', '15', '20', '30', '40', '45', '50'])}`,
  pct: ({ dice }) => String(dice.int(82, 98)),
  n: ({ dice }) => String(dice.int(2, 9)),
  many: ({ dice }) => String(dice.int(12, 96)),
  name: ({ names }) => names(),
}
