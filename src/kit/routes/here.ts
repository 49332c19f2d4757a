/** Being at a record: who else is there, and what one has typed there and not sent yet. */
import { z } from 'zod'
import { say } from '#engines/say.ts'
import type { Actor } from '#kit/actor.ts'
import { clearAdded } from '#kit/added.ts'
import { clearFields } from '#kit/clearance.ts'
import type { Answer, Call, Route } from '#kit/contract.ts'
import type { Present } from '#kit/presence.ts'
import { mayAtAll } from '#kit/access.ts'
import { HERE, noteStay, presentAt } from '#kit/presence.ts'
import { badRequest, forbidden, notFound } from '#kit/problem.ts'
import type { RecordType } from '#kit/record.ts'
import type { RestParts } from '#kit/rest.ts'
import type { Unsent } from '#kit/unsent.ts'
import { keepUnsent, unsentAt } from '#kit/unsent.ts'
import { ANYTHING, INSTANT, itemsOf, orNull, REF, shapeOf, TEXT, WHOLE, YES_NO } from './shape.ts'

export interface HereParts extends Pick<RestParts, 'store'> {
  /** Tells every node what changed in an organisation. */
  readonly tell: (org: number, touched: readonly (readonly [string, number])[]) => void
}
const MOST_CHARACTERS = 100_000
const number = z.string('Give the number of a record, such as INC-1042.').max(30)
const stayBody = z.strictObject({
  on: number,
  tab: z.string().regex(/^[\w-]{1,40}$/, 'A few letters and digits that name the window.'),
  stay: z.enum(['here', 'writing', 'gone']),
})
/** What is typed in the form of a new record stands under this and the name of its kind: it has no number yet. */
const NEW = 'new:'
const FORM = 'form'
const unsentBody = z.strictObject({
  on: z.string('Give the number of a record, such as INC-1042, or new:incident for a form.').max(60),
  part: z.string().min(1).max(80),
  value: z.unknown(),
  rev: z.number().int().positive().nullable().default(null),
})
const PRESENT = shapeOf<Present>({ person: REF, isWriting: YES_NO, since: INSTANT })
const UNSENT = shapeOf<Unsent>({ part: TEXT, value: ANYTHING, rev: orNull(WHOLE), savedAt: INSTANT })

export function hereRoutes(parts: HereParts): Route[] {
  const tag = 'Everything'
  return [
    {
      method: 'POST',
      path: '/presence',
      tag,
      access: 'signed-in',
      summary: 'Say that I am at a record, and hear who else is',
      body: stayBody,
      ok: itemsOf(PRESENT),
      refusals: [404],
      audited: say`Who is where now is forgotten within a minute.`,
      handle: (call) => stay(parts, call),
    },
    {
      method: 'GET',
      path: '/me/unsent',
      tag,
      access: 'signed-in',
      isPersonal: true,
      summary: 'What I have typed at a record and not sent yet',
      query: {
        on: {
          about: 'The number of the record, such as INC-1042; new:incident for the form of a new one.',
          schema: { type: 'string', maxLength: 60 },
        },
      },
      ok: itemsOf(UNSENT),
      refusals: [404],
      handle: async (call) => {
        const at = await unsentPlace(parts, call.actor, call.query['on'] ?? '')
        return { body: { items: await unsentAt(parts.store.db, { ...at, actor: call.actor }) } }
      },
    },
    {
      method: 'PUT',
      path: '/me/unsent',
      tag,
      access: 'signed-in',
      summary: 'Keep what I have typed at a record; a value of null takes it away',
      body: unsentBody,
      okStatus: 204,
      refusals: [404],
      audited: say`Nothing is written into the record before it is sent.`,
      handle: (call) => keep(parts, call),
    },
  ]
}

async function stay(parts: HereParts, call: Call): Promise<Answer> {
  const { store } = parts
  const body = stayBody.parse(call.body)
  const at = await place(parts, call.actor, body.on)
  const isNews = await noteStay(store.db, call.actor, { ...at, tab: body.tab, stay: body.stay })
  if (isNews) parts.tell(call.actor.org, [[`${at.record.name}${HERE}`, at.id]])
  return { body: { items: await presentAt(store, call.actor, at) } }
}

async function keep({ store }: HereParts, call: Call): Promise<Answer> {
  const { actor } = call
  const { on, part, value, rev } = unsentBody.parse(call.body)
  const at = await unsentPlace({ store }, actor, on)
  const known = { ...clearFields(actor, at.record), ...clearAdded(store.catalogue, actor, at.record) }
  const isForm = at.id === NO_ID
  if (isForm ? part !== FORM : part !== 'comment' && !Object.hasOwn(known, part))
    throw badRequest(say`"${part}" is neither "comment" nor a field of this record.`, [
      { pointer: '/part', detail: isForm ? say`Write "form".` : say`Write "comment" or the name of a field.` },
    ])
  if (JSON.stringify(value ?? null).length > MOST_CHARACTERS)
    throw badRequest(say`At most ${MOST_CHARACTERS} characters are kept until they are sent.`)
  await keepUnsent(store.db, { ...at, actor }, { part, value: value ?? null, rev })
  return { status: 204 }
}

const NO_ID = 0
/** As `place`; also the form of a kind of record of which the actor may create one. @throws as `place` */
async function unsentPlace(
  parts: Pick<HereParts, 'store'>,
  actor: Actor,
  text: string,
): Promise<{ record: RecordType; id: number }> {
  if (!text.startsWith(NEW)) return place(parts, actor, text)
  if (actor.person === null) throw forbidden(say`Only a person writes in a form.`)
  const record = parts.store.catalogue.find(text.slice(NEW.length))
  if (record === null || !mayAtAll(actor, record, 'create')) throw notFound(text.slice(0, 40))
  return { record, id: NO_ID }
}

/** The record that a number names. @throws not found, also where the actor may not read it; forbidden for a program that is nobody */
async function place(
  { store }: Pick<HereParts, 'store'>,
  actor: Actor,
  text: string,
): Promise<{ record: RecordType; id: number }> {
  if (actor.person === null) throw forbidden(say`Only a person can be at a record.`)
  const found = store.catalogue.byNumber(text)
  if (found === null) throw notFound(text.slice(0, 40))
  await store.get(actor, found.record, found.id)
  return found
}
