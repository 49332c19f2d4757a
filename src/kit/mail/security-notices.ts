/** What a person is told by mail about their own door, so that they notice when it was not them (ASVS 5.0 6.3.7). */
import { say } from '#engines/say.ts'
import type { Sql } from '#kit/database.ts'
import type { Deed } from '#kit/sign-in/deeds.ts'
import { deviceWords } from '#kit/sign-in/device.ts'
import type { Store } from '#kit/store.ts'
import { queueMail } from './outbox.ts'
import type { MailParts } from './ports.ts'

/** By action of the journal. Signing in and out is no news. */
export const TOLD_DEEDS: Readonly<Record<string, () => string>> = {
  'password-changed': () => say`Your password was changed`,
  'password-set-by-link': () => say`Your password was set by a link`,
  'totp-set': () => say`An authenticator app was set up for you`,
  'totp-removed': () => say`Your authenticator app was removed`,
  'passkey-added': () => say`A passkey was added for you`,
  'passkey-removed': () => say`A passkey of yours was removed`,
  'second-factors-removed': () => say`An administrator removed your second factors`,
  'recovery-codes-made': () => say`New recovery codes were made for you`,
  'identity-linked': () => say`You can now sign in in another way`,
}
export async function tellBySecurityMail(
  { store, ...parts }: MailParts & { readonly store: Pick<Store, 'now'> },
  deed: Deed,
  on: Sql,
): Promise<void> {
  const subject = TOLD_DEEDS[deed.action]?.()
  if (subject === undefined) return
  const { org, person, address, agent } = deed
  const at = `${store.now().slice(0, 16).replace('T', ' ')} UTC`
  const from = address === undefined ? '' : agent === undefined ? say` from ${address}` : say` from ${address} with ${deviceWords(agent)}` // oxfmt-ignore
  await queueMail(on, parts, {
    org,
    person,
    kind: 'security',
    subject,
    content: {
      paragraphs: [
        say`${subject}: ${at}${from}.`,
        say`If that was you, there is nothing to do. If not, set a new password at once, end your other sessions, and tell an administrator.`,
      ],
      action: { label: say`Look at how you sign in`, link: `${parts.publicUrl}/settings/security` },
      why: say`You get this because it is about your own account. Such mails cannot be switched off.`,
    },
    because: say`Security of the account: ${deed.action}`,
  })
}
