/** The words of an incident: what was reported, what was found, what was done. */
import type { Dice } from './dice.ts'
import type { Seed } from './seeds.ts'
import type { Scene } from './troubles.ts'
import { fillSlots } from './troubles.ts'

export interface Words {
  readonly scene: Scene
  readonly description: string
  readonly resolution: string
  readonly closureCode: string
}
const GREETINGS = ['Hello,\n\n', 'Good morning,\n\n', 'Hi,\n\n', 'Dear colleagues,\n\n', '', '', ''] as const
const ENDINGS = [
  '\n\nThank you!',
  '\n\nPlease call me at {ext}.',
  '\n\nComputer: {host}',
  '\n\nRegards, {requester}',
  '\n\nIt is urgent.',
  '',
  '',
  '',
] as const
const PRINTING = [
  'Since the update of Wednesday {printer} prints nothing but empty pages',
  '{printer}: driver is not available after the update',
  'Print jobs disappear since the patch, {printer}',
  'Every print job asks for a driver',
] as const
const GROWING = [
  'Wi-Fi in Hala 2 breaks down at the change of shifts',
  'Tablets in Hala 1 lose the Wi-Fi, line {n}',
  'Wi-Fi in Hala 2 too slow for the work instructions',
  'Scanner at line {n} in Hala 1 without Wi-Fi',
] as const

export function wordsOf(seed: Seed, dice: Dice, names: () => string): Words {
  const site = seed.requester?.site.code ?? seed.offered.plan.site ?? 'BHV'
  const scene: Scene = {
    dice,
    site,
    names,
    atMs: seed.atMs,
    filled: new Map([['requester', seed.requester?.ref.title ?? 'Monitoring']]),
  }
  const disaster = seed.disaster?.of.outage
  if (disaster !== undefined) {
    const description =
      seed.disaster?.isFirst === true
        ? `Several checks failed at once. ${disaster.what}`
        : `${dice.pick(GREETINGS)}${dice.pick(disaster.said)}. Colleagues have it as well.`
    return { scene, description, resolution: disaster.fix, closureCode: 'fixed' }
  }
  const { trouble } = seed
  const detail = trouble.details.length === 0 ? '' : fillSlots(dice.pick(trouble.details), scene)
  const ending = trouble.isAlarm
    ? `\nSource: monitoring, check ${dice.int(100, 4999)}`
    : fillSlots(dice.pick(ENDINGS), scene)
  const description = `${trouble.isAlarm ? '' : dice.pick(GREETINGS)}${detail}${ending}`.trim()
  return { scene, description, ...outcome(seed, dice, scene) }
}
function outcome(seed: Seed, dice: Dice, scene: Scene): { resolution: string; closureCode: string } {
  const { trouble } = seed
  if (seed.isGrowing)
    return {
      resolution:
        'Capacity of the hall is used up. Channel plan changed for now; further access points are in the action plan.',
      closureCode: 'workaround',
    }
  const chance = dice.next()
  if (chance < 0.04 && !trouble.isAlarm)
    return {
      resolution: 'Could not be reproduced together with the requester; log of the day kept in case it comes back.',
      closureCode: 'notReproducible',
    }
  if (chance < 0.09)
    return { resolution: 'Was gone before we began. Nothing found in the logs of the time.', closureCode: 'vanished' }
  const fix = fillSlots(dice.pick(trouble.fixes), scene)
  return chance < 0.14
    ? { resolution: `Worked around for now: ${fix.charAt(0).toLowerCase()}${fix.slice(1)}`, closureCode: 'workaround' }
    : { resolution: fix, closureCode: trouble.closureCode }
}

export function subjectOf(seed: Seed, { scene }: Words, dice: Dice): string {
  const disaster = seed.disaster
  if (disaster !== null)
    return disaster.isFirst ? disaster.of.outage.subject : fillSlots(dice.pick(disaster.of.outage.said), scene)
  if (seed.isGrowing) return fillSlots(dice.pick(GROWING), scene)
  const isPatched = seed.trouble.family === 'print' && seed.day.boost(seed.offered.plan) > 1.5
  const text = isPatched && dice.isLucky(0.75) ? dice.pick(PRINTING) : dice.pick(seed.trouble.subjects)
  return fillSlots(text, scene).slice(0, 200).trim()
}
