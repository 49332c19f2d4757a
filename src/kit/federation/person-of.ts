/** Which person a profile of another system is: known already, linked by a trusted e-mail, made, or refused. */
import { say } from '#engines/say.ts'
import type { Actor } from '#kit/actor.ts'
import { entry, journalInsert } from '#kit/journal.ts'
import type { MailParts } from '#kit/mail/ports.ts'
import { tellBySecurityMail } from '#kit/mail/security-notices.ts'
import { Refusal } from '#kit/problem.ts'
import { run, sql } from '#kit/sql.ts'
import type { Store, Unit } from '#kit/store.ts'
import type { Profile } from './ports.ts'
import type { Provider } from './settings.ts'

interface Known {
  readonly id: number
  readonly status: string
  readonly isBinned: boolean
}
export interface Resolving {
  readonly store: Store
  readonly unit: Unit
  readonly actor: Actor
  /** Tells the person by mail that there is another way to sign in as them. */
  readonly mail?: MailParts
}

/**
 * The person's id. The subject decides; an e-mail only when the provider is trusted for it, because whoever may write
 * any e-mail into one provider would otherwise become whoever they like here (ASVS 6.8.1).
 * @throws a refusal that says why this profile is nobody here
 */
export async function personOf(by: Resolving, provider: Provider, profile: Profile): Promise<number> {
  const known = await bySubject(by, provider, profile)
  if (known !== null) return stillHere(known, provider)
  const linked = await byEmail(by, provider, profile)
  if (linked !== null) {
    await link(by, provider, profile, {
      person: linked,
      reason: say`The same e-mail, for which ${provider.name} is trusted`,
    })
    if (by.mail !== undefined) await tellBySecurityMail({ ...by.mail, store: by.store }, { org: provider.org, person: linked, by: null, request: by.actor.request, action: 'identity-linked' }, by.unit.on) // oxfmt-ignore
    return linked
  }
  return made(by, provider, profile)
}
/** Ties the subject to the person from now on. */
export async function link(
  { store, unit, actor }: Resolving,
  provider: Provider,
  profile: Pick<Profile, 'subject' | 'groups'>,
  { person, reason }: { person: number; reason: string },
): Promise<void> {
  const kept = await run(
    unit.on,
    sql`insert into identity (org, provider, subject, person, groups) values (${provider.org}, ${provider.id}, ${profile.subject}, ${person}, ${profile.groups}) on conflict do nothing returning 1`,
  )
  if (kept.length === 0)
    throw new Refusal(
      409,
      'linked-otherwise',
      say`P-${person} signs in with another account of ${provider.name}. Ask an administrator to undo that link first.`,
    )
  await run(
    unit.on,
    journalInsert([
      entry(actor, store.now(), {
        record: 'person',
        recordId: person,
        action: 'identity-linked',
        changes: { identity: [null, `${provider.name}: ${profile.subject}`] },
        reason,
      }),
    ]),
  )
}

async function bySubject({ unit }: Resolving, provider: Provider, profile: Profile): Promise<Known | null> {
  const [row] = await run<Known>(
    unit.on,
    sql`update identity i set seen_at = now(), groups = ${profile.groups} from person p where i.org = ${provider.org} and i.provider = ${provider.id} and i.subject = ${profile.subject} and p.org = i.org and p.id = i.person
      returning p.id, p.status, p.binned_at is not null as "isBinned"`,
  )
  return row ?? null
}
function stillHere(known: Known, provider: Provider): number {
  if (known.status === 'active' && !known.isBinned) return known.id
  throw new Refusal(
    403,
    'left',
    say`${provider.name} knows you, but you are marked as left here. Ask an administrator if that is wrong.`,
  )
}
async function byEmail({ unit }: Resolving, provider: Provider, profile: Profile): Promise<number | null> {
  if (profile.email === null) return null
  const [row] = await run<Known>(
    unit.on,
    sql`select id, status, false as "isBinned" from person where org = ${provider.org} and lower(email) = lower(${profile.email}) and binned_at is null`,
  )
  if (row === undefined) return null
  const because = distrust(provider, profile)
  if (because !== null)
    throw new Refusal(
      409,
      'not-linked',
      say`Somebody here has the e-mail ${profile.email} already, and ${because}. Ask an administrator to allow linking by e-mail for ${provider.name}, if it is right.`,
    )
  return stillHere(row, provider)
}
/** Why the provider's e-mail is not believed, or null. */
export function distrust(provider: Provider, profile: Pick<Profile, 'email' | 'isEmailVerified'>): string | null {
  const { linksByEmail, emailDomains } = provider.settings
  const domain = profile.email?.split('@').at(-1)?.toLowerCase() ?? ''
  if (!linksByEmail) return say`${provider.name} is not trusted to say who has which e-mail`
  if (!profile.isEmailVerified) return say`${provider.name} has not verified that e-mail`
  if (emailDomains.length > 0 && !emailDomains.includes(domain))
    return say`${provider.name} is not trusted for e-mails of ${domain}`
  return null
}
async function made(by: Resolving, provider: Provider, profile: Profile): Promise<number> {
  const { store, unit, actor } = by
  if (!provider.settings.createsPersons)
    throw new Refusal(
      403,
      'nobody',
      say`${provider.name} knows you, but nobody here belongs to that account. Ask an administrator to add you.`,
    )
  const row = await store.create(
    actor,
    store.catalogue.get('person'),
    { name: profile.name ?? profile.email ?? profile.subject, email: profile.email },
    { unit, reason: say`First sign-in with ${provider.name}` },
  )
  await link(by, provider, profile, { person: row.id, reason: say`First sign-in with ${provider.name}` })
  return row.id
}
