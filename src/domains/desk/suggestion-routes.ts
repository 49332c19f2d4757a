/** Addresses of what the desk suggests: similar incidents, who should have one, a reply with its places filled in. */
import { z } from 'zod'
import { say } from '#engines/say.ts'
import type { Answer, Call, Route } from '#kit/contract.ts'
import { badRequest } from '#kit/problem.ts'
import type { RestParts } from '#kit/rest.ts'
import { readId } from '#kit/rest.ts'
import { INSTANT_OR_NULL, itemsOf, shape, shapeOf, TEXT, TEXT_OR_NULL, TEXTS, WHOLE } from '#kit/routes/shape.ts'
import { service } from '#services'
import { cannedReply, category } from './around.ts'
import { incident } from './incident.ts'
import { incidentId, ofIncidents, one } from './merge-routes.ts'
import { ROUTING } from './major-shape.ts'
import { todayOf } from './page.ts'
import type { FilledReply } from './replies.ts'
import { fillReply } from './replies.ts'
import { suggestRouting } from './routing.ts'
import type { Similar } from './similar.ts'
import { similarTo, wordsIn, wordsOf } from './similar.ts'

const fillBody = z.strictObject({ incident: one })
const NUMBER = { type: 'string', maxLength: 40 }

const SIMILAR = shapeOf<Similar>({
  id: WHOLE,
  number: TEXT,
  title: TEXT,
  status: TEXT,
  resolvedAt: INSTANT_OR_NULL,
  resolution: TEXT,
  closureCode: TEXT_OR_NULL,
  because: shape({ words: TEXTS, text: TEXT }),
})

export function similarRoutes(parts: RestParts): Route[] {
  return [
    {
      method: 'GET',
      path: '/incidents/similar',
      ...ofIncidents,
      summary: 'Past incidents that a text resembles, with what solved them',
      query: { text: { about: 'What is being written.', schema: { type: 'string', maxLength: 20_000 } } },
      ok: itemsOf(SIMILAR),
      handle: async (call) => {
        const text = call.query['text'] ?? ''
        if (text.includes('\u0000')) throw badRequest(say`The text holds a NUL character.`)
        return similar(parts, call, { words: wordsIn(text), except: null })
      },
    },
    {
      method: 'GET',
      path: '/incidents/{id}/similar',
      ...ofIncidents,
      summary: 'Past incidents that resemble it, with what solved them',
      ok: itemsOf(SIMILAR),
      handle: async (call) => {
        const { id } = await parts.store.get(call.actor, incident, incidentId(call))
        return similar(parts, call, { words: await wordsOf(parts.store.db, call.actor.org, id), except: id })
      },
    },
  ]
}
async function similar(
  { store }: RestParts,
  call: Call,
  of: { words: string[]; except: number | null },
): Promise<Answer> {
  const items = await similarTo(store.db, call.actor, { ...of, org: call.actor.org, now: store.now() })
  return { body: { items } }
}

export function suggestionRoutes(parts: RestParts): Route[] {
  return [
    {
      method: 'GET',
      path: '/incidents/suggest',
      ...ofIncidents,
      summary: 'Which team and who in it should have an incident',
      query: { service: { about: 'SVC-5', schema: NUMBER }, category: { about: 'CAT-2', schema: NUMBER } },
      ok: ROUTING,
      handle: (call) => routing(parts, call),
    },
    {
      method: 'POST',
      path: '/cannedreplies/{id}/fill',
      tag: cannedReply.labelPlural,
      access: 'signed-in',
      summary: 'The text, filled in for an incident',
      body: fillBody,
      ok: shapeOf<FilledReply>({ text: TEXT, unfilled: TEXTS }),
      audited: say`Nothing changes: it only answers a text.`,
      handle: async (call) => {
        const about = readId(incident, String(fillBody.parse(call.body).incident))
        const reply = readId(cannedReply, call.params['id'])
        return { body: await fillReply(parts.store, call.actor, { reply, about }) }
      },
    },
  ]
}
async function routing(parts: RestParts, call: Call): Promise<Answer> {
  const { service: wanted = '', category: kind = '' } = call.query
  const asked = {
    service: wanted === '' ? null : readId(service, wanted),
    category: kind === '' ? null : readId(category, kind),
    today: await todayOf(parts, call.actor),
  }
  return { body: await suggestRouting(parts.store.db, call.actor, asked) }
}
