/** What may concern a person, as data: each event with its words and where it goes unless the person chose otherwise. */
import { toSay } from '#engines/say.ts'

export interface NoticeEvent {
  readonly name: string
  readonly label: string
  readonly about: string
  readonly inApp: boolean
  readonly mail: boolean
  /** To browsers that the person has let show notices (kit/push). */
  readonly push: boolean
  /** Cannot be switched off, is never held, and its mail is written elsewhere (`kit/mail/security-notices.ts`). */
  readonly isFixed?: true
}
/** The first matters most: it says why a line with several of them is there. */
export const NOTICE_EVENTS = [
  {
    name: 'security',
    label: toSay('Security of my account'),
    about: toSay('A new password, a second factor, a new way to sign in.'),
    inApp: true,
    mail: true,
    push: true,
    isFixed: true,
  },
  {
    name: 'escalated',
    label: toSay('A promised time passes'),
    about: toSay('A step of a service level names me.'),
    inApp: true,
    mail: true,
    push: true,
  },
  {
    name: 'mentioned',
    label: toSay('I am mentioned'),
    about: toSay('Somebody writes @ and my name, or that of my team, in a comment.'),
    inApp: true,
    mail: true,
    push: true,
  },
  {
    name: 'assigned',
    label: toSay('Given to me, or in my name'),
    about: toSay('I become the assignee, the owner, the requester, the commander …'),
    inApp: true,
    mail: true,
    push: true,
  },
  {
    name: 'due',
    label: toSay('Due and overdue'),
    about: toSay('Of what is mine: tasks, actions and whatever else has a day; work whose promised time runs out.'),
    inApp: true,
    mail: true,
    push: true,
  },
  {
    name: 'commented',
    label: toSay('Comments'),
    about: toSay('On what I watch, have in hand, own or asked for.'),
    inApp: true,
    mail: true,
    push: true,
  },
  {
    name: 'moved',
    label: toSay('Changes of state'),
    about: toSay('Of what I watch, have in hand, own or asked for.'),
    inApp: true,
    mail: true,
    push: false,
  },
  {
    name: 'team',
    label: toSay('Given to my team'),
    about: toSay('Off at first: the list of the team shows it, and nobody reads what everybody gets.'),
    inApp: false,
    mail: false,
    push: false,
  },
  {
    name: 'changed',
    label: toSay('Other changes'),
    about: toSay('Of what I watch.'),
    inApp: true,
    mail: false,
    push: false,
  },
] as const satisfies readonly NoticeEvent[]
export type EventName = (typeof NOTICE_EVENTS)[number]['name']
export const EVENT_NAMES: readonly EventName[] = NOTICE_EVENTS.map(({ name }) => name)

export function isEventName(name: string): name is EventName {
  return EVENT_NAMES.some((one) => one === name)
}
/** Of several the one that matters most; at least one is given. */
export function foremost(names: readonly EventName[]): EventName {
  return EVENT_NAMES.find((name) => names.includes(name)) ?? 'changed'
}

/** One thing that happened, as an inbox keeps it: ids and names, never what they say. */
export interface Happened {
  readonly event: EventName
  readonly at: string
  /** The person who did it; null for the product itself. */
  readonly by: number | null
  /** As whom the reader is concerned: 'watcher', 'team', 'createdBy', or the field that names them. */
  readonly as: string
  /** assigned: the field. */
  readonly field?: string
  /** moved: the new state. */
  readonly to?: string
  /** changed: which fields. */
  readonly fields?: readonly string[]
  /** commented, mentioned: the comment; escalated: the notice. */
  readonly text?: { readonly record: 'comment' | 'notice'; readonly id: number }
  /** security: the deed. */
  readonly deed?: string
  /** due: the day, and whether it is over. */
  readonly on?: string
  readonly isOver?: boolean
  /** due, by a clock: its label as it is declared, and which part of its time has passed. */
  readonly clock?: string
  readonly part?: number
}
