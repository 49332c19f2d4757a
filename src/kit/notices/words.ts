/** What happened, in the words of the language that is spoken: a sentence for each event, and why the reader is told. */
import { amid, counted, said, say } from '#engines/say.ts'
import type { Actor } from '#kit/actor.ts'
import type { Catalogue } from '#kit/catalogue.ts'
import { clearField } from '#kit/clearance.ts'
import { labelOf } from '#kit/field.ts'
import { TOLD_DEEDS } from '#kit/mail/security-notices.ts'
import type { RecordType } from '#kit/record.ts'
import type { EventName, Happened } from './events.ts'
import { mayKnowField, nameOfAdded } from './told-fields.ts'

/** Who reads of what. */
interface Knowing {
  readonly catalogue: Catalogue
  readonly actor: Actor
  /** Null for what is no record: one's own account. */
  readonly record: RecordType | null
}
/** Facts beside what is kept: who did it, what the comment or the notice says. */
export interface Telling extends Knowing {
  /** The name of whoever did it. */
  readonly by: string
  /** Of a notice: its subject. */
  readonly subject: string | null
}

/** The sentence; null when nothing of it may be said to this reader. */
export function sentenceOf(happened: Happened, telling: Telling): string | null {
  const { actor, record, by, subject } = telling
  switch (happened.event) {
    case 'security':
      return TOLD_DEEDS[happened.deed ?? '']?.() ?? null
    case 'escalated':
      return subject
    case 'mentioned':
      return happened.as === 'team' ? say`${by} mentioned your team.` : say`${by} mentioned you.`
    case 'assigned': {
      const label = clearLabel(telling, happened.field)
      return label === null ? null : say`${by} made you ${label}.`
    }
    case 'due':
      if (happened.clock !== undefined) return clockSentence(happened.clock, happened.part ?? 1)
      return happened.isOver === true ? say`It was due yesterday.` : say`It is due today.`
    case 'commented':
      return say`${by} commented.`
    case 'moved': {
      const state = record === null ? null : stateLabel(actor, record, happened.to ?? '')
      return state === null ? null : say`${by} moved it to ${state}.`
    }
    case 'team':
      return say`${by} gave it to your team.`
    case 'changed': {
      const labels = (happened.fields ?? []).flatMap((name) => clearLabel(telling, name) ?? [])
      return labels.length === 0 ? null : say`${by} changed ${labels.join(', ')}.`
    }
  }
}
function clockSentence(clock: string, part: number): string {
  const label = amid(clock)
  return part >= 1 ? say`The time for ${label} is over.` : say`${Math.round(part * 100)} % of the time for ${label} has passed.` // oxfmt-ignore
}
/** Why the reader gets it. */
export function whyOf({ event, as }: Pick<Happened, 'event' | 'as'>, knowing: Knowing): string {
  // oxfmt-ignore
  if (event === 'security') return say`You get this because it is about your own account. It cannot be switched off.`
  if (event === 'escalated') return say`You get this because a step of the service level names you.`
  if (event === 'mentioned' && as !== 'team') return say`You get this because you are mentioned.`
  if (as === 'team') return say`You get this because you are in the team.`
  if (as === 'watcher') return say`You get this because you watch it.`
  if (as === 'createdBy') return say`You get this because you made it.`
  const label = clearLabel(knowing, as)
  return label === null ? say`You get this because it names you.` : say`You get this because you are its ${label}.`
}
export function changesInWords(n: number, number: string): string {
  return counted(n, say`${n} change on ${number}`, say`${n} changes on ${number}`)
}
export function eventLabel(event: EventName, events: readonly { name: string; label: string }[]): string {
  return said(events.find(({ name }) => name === event)?.label ?? event)
}

/** The label of a field within a sentence, of an added one too; null when the reader may not know of it. */
function clearLabel({ actor, record, catalogue }: Knowing, name: string | undefined): string | null {
  if (record === null || name === undefined || !mayKnowField(catalogue, actor, record, name)) return null
  const added = nameOfAdded(name)
  if (added === null) return amid(record.fields[name]?.label ?? labelOf(name))
  // As its organisation wrote it.
  return catalogue.knownCustomField(actor.org, record.name, added)?.label ?? labelOf(added)
}
function stateLabel(actor: Actor, record: RecordType, to: string): string | null {
  const field = clearField(actor, record, record.flow?.field ?? '')
  const option = field?.options?.find(({ value }) => value === to)
  return option === undefined ? null : said(option.label, 'option')
}
