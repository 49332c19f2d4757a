/** One's own passkeys: made, named, removed. */
import { z } from 'zod'
import { say } from '#engines/say.ts'
import type { Answer, Call, Route } from '#kit/contract.ts'
import { notFound } from '#kit/problem.ts'
import { accountOf } from '#kit/sign-in/credential.ts'
import { beginPasskey, keepPasskey, removePasskey, renamePasskey, siteOf } from '#kit/sign-in/passkeys.ts'
import { factorsOf, newRecoveryCodes, removeRecoveryCodes } from '#kit/sign-in/second-factor.ts'
import type { SignInParts } from './admit.ts'
import { endOthers, mayDoWithout, note } from './my-security.ts'
import { ownSession, provedSession, whoIs } from './proof.ts'
import { ANYTHING, listOf, shape, TEXT } from './shape.ts'

const name = z.string().trim().min(1, 'Give the passkey a name, such as the device it is on.').max(100)
const newBody = z.strictObject({ step: z.string().max(100), name, response: z.record(z.string(), z.unknown()) })
const nameBody = z.strictObject({ name })
const tag = 'Sign-in'

export function myPasskeyRoutes(parts: SignInParts): Route[] {
  return [
    {
      method: 'POST',
      path: '/me/passkeys/options',
      tag,
      access: 'signed-in',
      isSetUpOfSignIn: true,
      summary: 'What the browser needs to make a passkey',
      ok: shape({ step: TEXT, options: ANYTHING }),
      refusals: [403, 409],
      audited: say`A question that is answered within minutes or forgotten.`,
      answersSecret: true,
      handle: (call) => begin(parts, call),
    },
    {
      method: 'POST',
      path: '/me/passkeys',
      tag,
      access: 'signed-in',
      isSetUpOfSignIn: true,
      summary: 'Keep a passkey that the browser has made; with the first second factor come ten recovery codes',
      body: newBody,
      ok: shape({ id: TEXT, recoveryCodes: listOf(TEXT) }),
      okStatus: 201,
      refusals: [401, 403, 409],
      audited: 'journal',
      answersSecret: true,
      handle: (call) => keep(parts, call, newBody.parse(call.body)),
    },
    {
      method: 'PATCH',
      path: '/me/passkeys/{id}',
      tag,
      access: 'signed-in',
      summary: 'Rename a passkey',
      body: nameBody,
      okStatus: 204,
      audited: 'journal',
      handle: async (call) => {
        const who = whoIs(ownSession(call))
        if (!(await renamePasskey(parts.store.db, who, call.params['id'] ?? '', nameBody.parse(call.body).name))) throw notFound(say`The passkey`) // oxfmt-ignore
        await note(parts, call, who, 'passkey-renamed')
        return { status: 204 }
      },
    },
    {
      method: 'DELETE',
      path: '/me/passkeys/{id}',
      tag,
      access: 'signed-in',
      summary: 'Remove a passkey; every other session of mine ends',
      okStatus: 204,
      refusals: [403, 409],
      audited: 'journal',
      handle: (call) => remove(parts, call),
    },
  ]
}

async function begin(parts: SignInParts, call: Call): Promise<Answer> {
  const who = whoIs(provedSession(parts, call))
  const account = await accountOf(parts.store.db, who)
  if (account === null) throw notFound(say`The person`)
  return { body: await beginPasskey(parts.store.db, siteOf(parts.publicUrl), who, account) }
}
async function keep(parts: SignInParts, call: Call, body: z.infer<typeof newBody>): Promise<Answer> {
  const { db } = parts.store
  const own = provedSession(parts, call)
  const before = await factorsOf(db, whoIs(own))
  const id = await keepPasskey(db, siteOf(parts.publicUrl), whoIs(own), body)
  const isFirst = before.totpAt === null && before.passkeys === 0
  const recoveryCodes = isFirst ? await newRecoveryCodes(db, whoIs(own)) : []
  await endOthers(parts, call, own, 'passkey-added')
  return { status: 201, body: { id, recoveryCodes } }
}
async function remove(parts: SignInParts, call: Call): Promise<Answer> {
  const { db } = parts.store
  const own = provedSession(parts, call)
  const { totpAt, passkeys } = await factorsOf(db, whoIs(own))
  const left = passkeys - 1 + (totpAt === null ? 0 : 1)
  await mayDoWithout(parts, call, left)
  if (!(await removePasskey(db, whoIs(own), call.params['id'] ?? ''))) throw notFound(say`The passkey`)
  if (left === 0) await removeRecoveryCodes(db, whoIs(own))
  await endOthers(parts, call, own, 'passkey-removed')
  return { status: 204 }
}
