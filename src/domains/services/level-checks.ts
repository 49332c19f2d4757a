/** What a calendar's definition, pauses, warnings and escalations must look like. */
import { z } from 'zod'
import { say } from '#engines/say.ts'
import { parseFilter } from '#kit/filter.ts'

const HOURS = z.record(z.string(), z.array(z.tuple([z.string(), z.string()]).readonly()).readonly()).readonly()
export const DEFINITION = z
  .strictObject({
    hours: HOURS.describe('By weekday: {"mon": [["09:00", "17:00"]]}.'),
    holidays: z.array(z.string()).readonly().optional().describe('Days without work, such as 2026-12-25.'),
    breaks: HOURS.optional().describe('By day: what is taken away.'),
    shifts: HOURS.optional().describe('By day: what holds in place of the week.'),
  })
  .readonly()
export const PAUSES = z.array(
  z
    .strictObject({
      when: z.string().describe('A filter over the states of the record: status:waiting waitingFor:supplier.'),
      reason: z.string(),
    })
    .readonly(),
)
export const FRACTIONS = z.array(z.number())
export const ESCALATIONS = z.array(
  z
    .strictObject({
      at: z.number().describe('Fraction of the time that has passed; 1 is the breach.'),
      do: z.enum(['notify', 'action']),
      to: z.string().describe('assignee, lead, owner, or the number of a person (P-12).'),
    })
    .readonly(),
)
export type Hours = z.infer<typeof HOURS>
export type Definition = z.infer<typeof DEFINITION>
export type Pause = z.infer<typeof PAUSES>[number]
export type Escalation = z.infer<typeof ESCALATIONS>[number]

const WALL = /^([01]\d|2[0-4]):[0-5]\d$/
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

export function definitionProblem(value: unknown): string | null {
  if (!isObject(value) || !isObject(value['hours'])) return say`Give {"hours": {"mon": [["09:00","17:00"]], …}}.`
  const strange = Object.keys(value).find((key) => !['hours', 'holidays', 'breaks', 'shifts'].includes(key))
  if (strange !== undefined)
    return say`"${strange}" is not part of a calendar; it has hours, holidays, breaks and shifts.`
  const week = Object.entries(value['hours']).map(([day, spans]) =>
    WEEKDAYS.includes(day) ? spansProblem(day, spans) : say`"${day}" is not a weekday; write ${WEEKDAYS.join(', ')}.`,
  )
  const holidays = value['holidays'] ?? []
  const isDays =
    Array.isArray(holidays) && holidays.length < 5000 && holidays.every((day) => typeof day === 'string' && isDay(day))
  const dated = ['breaks', 'shifts'].flatMap((part) => {
    const byDay = value[part] ?? {}
    if (!isObject(byDay)) return [say`${part} is an object of days.`]
    return Object.entries(byDay).map(([day, spans]) =>
      isDay(day) ? spansProblem(day, spans) : say`"${day}" is not a day such as 2026-12-24.`,
    )
  })
  return (
    [...week, isDays ? null : say`Holidays are a list of days such as 2026-12-25.`, ...dated].find(
      (problem) => problem !== null,
    ) ?? null
  )
}
function spansProblem(day: string, spans: unknown): string | null {
  if (Array.isArray(spans) && spans.length > 24)
    return say`${day}: ${spans.length} spans are too many for one day; give up to 24. Join those that touch.`
  if (!Array.isArray(spans)) return say`${day}: give a list of spans, such as [["09:00","17:00"]].`
  let before = '00:00'
  for (const span of spans) {
    const [from, to] = Array.isArray(span) ? span : []
    if (typeof from !== 'string' || typeof to !== 'string' || !WALL.test(from) || !WALL.test(to) || to > '24:00')
      return say`${day}: a span is ["09:00","17:00"] with hours from 00:00 to 24:00.`
    if (to <= from) return say`${day}: ${from} to ${to} ends before it begins. Split it at midnight.`
    if (from < before) return say`${day}: ${from} to ${to} overlaps the span before it, or is out of order.`
    before = to
  }
  return null
}

export function pausesProblem(value: unknown): string | null {
  if (!Array.isArray(value) || value.length > 20)
    return say`Give a list such as [{"when":"status:waiting","reason":"Waiting for the requester"}].`
  for (const pause of value) {
    if (
      !isObject(pause) ||
      typeof pause['when'] !== 'string' ||
      typeof pause['reason'] !== 'string' ||
      pause['reason'] === ''
    )
      return say`Each pause has "when" (a filter) and "reason".`
    const parsed = parseFilter(pause['when'])
    if ('problem' in parsed) return say`The pause "${pause['when']}" is not understood: ${parsed.problem.because}`
    if (parsed.terms.length === 0 || parsed.terms.some((term) => term.operator !== 'is'))
      return say`The pause "${pause['when']}" must name values, such as status:waiting.`
  }
  return null
}
export function fractionsProblem(value: unknown): string | null {
  const fits =
    Array.isArray(value) && value.length <= 10 && value.every((one) => typeof one === 'number' && one > 0 && one < 1)
  return fits ? null : say`Give fractions between 0 and 1, such as [0.5, 0.8].`
}
export function escalationsProblem(value: unknown): string | null {
  const fits =
    Array.isArray(value) &&
    value.length <= 20 &&
    value.every(
      (one) =>
        isObject(one) &&
        typeof one['at'] === 'number' &&
        one['at'] > 0 &&
        one['at'] <= 10 &&
        ['notify', 'action'].includes(String(one['do'])) &&
        /^(assignee|lead|owner|P-\d{1,12})$/.test(String(one['to'])),
    )
  return fits
    ? null
    : say`Give a list such as [{"at":0.8,"do":"notify","to":"assignee"},{"at":1,"do":"action","to":"lead"}].`
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
function isDay(value: string): boolean {
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(value) &&
    !Number.isNaN(Date.parse(`${value}T00:00:00Z`)) &&
    new Date(`${value}T00:00:00Z`).toISOString().startsWith(value)
  )
}
