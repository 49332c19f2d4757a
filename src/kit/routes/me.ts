/** Who I am, and how I like things to look. */
import { z } from 'zod'
import { say } from '#engines/say.ts'
import { isTimeZone } from '#engines/wall-clock.ts'
import type { Actor } from '#kit/actor.ts'
import type { Answer, Call, Route } from '#kit/contract.ts'
import { BESIDE } from '#kit/demo-beside.ts'
import type { Ref } from '#kit/field.ts'
import type { ScopeName } from '#kit/grants.ts'
import { SCOPES } from '#kit/grants.ts'
import { forbidden } from '#kit/problem.ts'
import { raw, run, sql } from '#kit/sql.ts'
import type { SignInParts } from './admit.ts'
import { ZONE } from '#kit/zone.ts'
import {
  among,
  INSTANT,
  listOf,
  mapOf,
  orNull,
  shape,
  shapeOf,
  TEXT,
  TEXT_OR_NULL,
  TEXTS,
  WHOLE,
  YES_NO,
} from './shape.ts'

const zone = z.string().max(60).refine(isTimeZone, 'This is not a time zone. Write one such as Europe/Berlin.')
function isLocale(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1
  } catch {
    return false
  }
}
/** In which the screens speak. */
const LANGUAGES = ['en', 'de'] as const
const MOST_PINS = 300

/** A zone, a locale or a language of null is the usual one again: the organisation's zone, the browser's others. */
const preferencesBody = z.strictObject({
  theme: z.enum(['light', 'dark', 'auto']).optional(),
  density: z.enum(['compact', 'normal', 'roomy']).optional(),
  singleKeys: z.boolean().optional(),
  timeZone: zone.nullable().optional(),
  locale: z
    .string()
    .max(20)
    .refine(isLocale, 'This is not a language tag. Write one such as en-GB.')
    .nullable()
    .optional(),
  language: z.enum(LANGUAGES).nullable().optional(),
  pins: z
    .record(z.string().regex(/^\d{1,15}$/), z.boolean())
    .refine((pins) => Object.keys(pins).length <= MOST_PINS, `At most ${MOST_PINS} views.`)
    .optional(),
})

type Preferred = z.infer<typeof preferencesBody>
/** How things look for a person; what nobody has chosen is the usual. */
export interface Preferences {
  readonly theme: NonNullable<Preferred['theme']>
  readonly density: NonNullable<Preferred['density']>
  readonly singleKeys: boolean
  /** Null: the organisation's. */
  readonly timeZone?: string | null
  /** Null: as the browser. */
  readonly locale?: string | null
  /** Null: as the browser. */
  readonly language?: (typeof LANGUAGES)[number] | null
  /** Saved views by id: in the navigation or not. Those that are not named are there where they say so themselves. */
  readonly pins?: Readonly<Record<string, boolean>>
}
/** What GET /me answers. */
export interface Me {
  /** Null for a program that is nobody. */
  readonly person: (Ref & { readonly email: string | null }) | null
  readonly org: { readonly id: number; readonly name: string }
  readonly roles: Actor['roles']
  /** Of which the person is a member or the lead, by name. */
  readonly teams: readonly (Ref & { readonly isLead: boolean })[]
  /** Grants for a part of the organisation. */
  readonly grants: readonly { readonly role: string; readonly label: string; readonly scope: ScopeName }[]
  /** The administrator who sees this as the person does. */
  readonly viewer: NonNullable<Actor['viewer']> | null
  readonly timeZone: string
  readonly orgTimeZone: string
  /** Null: as the browser. */
  readonly locale: string | null
  readonly preferences: Preferences
  readonly isDemo: boolean
  /** An administrator looks at the demonstration that stands beside their own data. */
  readonly isVisit: boolean
  /** Nothing else is open until a second factor is set up. */
  readonly needsSecondFactor: boolean
}
const PREFERENCES = shapeOf<Preferences>(
  { theme: among('light', 'dark', 'auto'), density: among('compact', 'normal', 'roomy'), singleKeys: YES_NO },
  { timeZone: TEXT_OR_NULL, locale: TEXT_OR_NULL, language: orNull(among(...LANGUAGES)), pins: mapOf(YES_NO) },
)
const ME = shapeOf<Me>({
  person: orNull(shape({ id: WHOLE, number: TEXT, title: TEXT, email: TEXT_OR_NULL })),
  org: shape({ id: WHOLE, name: TEXT }),
  roles: TEXTS,
  teams: listOf(shapeOf<Me['teams'][number]>({ id: WHOLE, number: TEXT, title: TEXT, isLead: YES_NO })),
  grants: listOf(shapeOf<Me['grants'][number]>({ role: TEXT, label: TEXT, scope: among(...SCOPES) })),
  viewer: orNull(shapeOf<NonNullable<Me['viewer']>>({ person: WHOLE, name: TEXT, until: INSTANT })),
  timeZone: TEXT,
  orgTimeZone: TEXT,
  locale: TEXT_OR_NULL,
  preferences: PREFERENCES,
  isDemo: YES_NO,
  isVisit: YES_NO,
  needsSecondFactor: YES_NO,
})

export function myRoutes(parts: SignInParts): Route[] {
  const tag = 'Sign-in'
  return [
    {
      method: 'GET',
      path: '/me',
      tag,
      access: 'signed-in',
      isSetUpOfSignIn: true,
      summary: 'Who I am',
      ok: ME,
      handle: async (call) => ({ body: await me(parts, call) }),
    },
    {
      method: 'PATCH',
      path: '/me/preferences',
      tag,
      access: 'signed-in',
      summary: 'Change how things look for me',
      body: preferencesBody,
      ok: ME,
      audited: say`Only the looks of one person.`,
      handle: (call) => prefer(parts, call, preferencesBody.parse(call.body)),
    },
  ]
}

/** Of the person `p`, as one column. */
const TEAMS = raw(`coalesce((
  select jsonb_agg(jsonb_build_object('id', t.id, 'number', 'TEAM-' || t.id, 'title', t.name, 'isLead', coalesce(t.lead = p.id, false)) order by t.name)
  from team t where t.org = o.id and t.binned_at is null and (p.id = any(t.members) or t.lead = p.id)), '[]') as teams`)

async function me(parts: SignInParts, call: Call): Promise<Me> {
  const rows = await run<{
    org_name: string
    zone: string
    own_zone: string
    email: string | null
    preferences: Partial<Preferences> | null
    settings: object
    teams: Me['teams']
  }>(
    parts.store.db,
    sql`select o.name as org_name, o.time_zone as zone, o.settings, ${ZONE} as own_zone, p.email, f.value as preferences, ${TEAMS} from organisation o
      left join person p on p.org = o.id and p.id = ${call.actor.person} left join preference f on f.org = o.id and f.person = p.id where o.id = ${call.actor.org}`,
  )
  const row = rows[0]
  const preferences: Preferences = { theme: 'auto', density: 'normal', singleKeys: true, ...row?.preferences }
  return {
    person:
      call.actor.person === null
        ? null
        : {
            id: call.actor.person,
            number: `P-${call.actor.person}`,
            title: call.actor.name,
            email: row?.email ?? null,
          },
    org: { id: call.actor.org, name: row?.org_name ?? '' },
    roles: call.actor.roles,
    teams: row?.teams ?? [],
    ...rightsOf(call.actor),
    timeZone: row?.own_zone ?? 'UTC',
    orgTimeZone: row?.zone ?? 'UTC',
    locale: preferences.locale ?? null,
    preferences,
    isDemo: row !== undefined && 'demo' in row.settings,
    isVisit: call.actor.org === BESIDE,
    needsSecondFactor: call.door?.kind === 'session' && call.door.isUnfinished,
  }
}
/** Grants for a part of the organisation, and the administrator who sees this, if one does. */
function rightsOf({ grants = [], viewer }: Actor): Pick<Me, 'grants' | 'viewer'> {
  return {
    grants: grants.map(({ role, label, reach }) => ({ role, label, scope: reach.scope })),
    viewer: viewer ?? null,
  }
}
async function prefer(parts: SignInParts, call: Call, body: z.infer<typeof preferencesBody>): Promise<Answer> {
  if (call.actor.person === null) throw forbidden(say`Only a person has preferences.`)
  await run(
    parts.store.db,
    sql`insert into preference (org, person, value) values (${call.actor.org}, ${call.actor.person}, ${JSON.stringify(body)}::jsonb) on conflict (org, person) do update set value = preference.value || excluded.value`,
  )
  return { body: await me(parts, call) }
}
