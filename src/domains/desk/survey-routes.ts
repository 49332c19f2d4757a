/** The address behind a survey's link; whoever holds the key needs no account. */
import { z } from 'zod'
import type { Route } from '#kit/contract.ts'
import { INSTANT, shape, shapeOf, TEXT } from '#kit/routes/shape.ts'
import { survey } from './around.ts'
import type { PageParts } from './page.ts'
import type { OpenSurvey } from './surveys.ts'
import { answerByKey, surveyOfKey } from './surveys.ts'

const answerBody = z.strictObject({
  score: z.number().int('Give a whole number from 1 to 5.').min(1).max(5),
  comment: z.string().max(5000).nullish(),
})

const OPEN_SURVEY = shapeOf<OpenSurvey>({
  incident: shape({ number: TEXT, subject: TEXT }),
  status: TEXT,
  expiresAt: INSTANT,
})

export function surveyRoutes({ store, secret }: PageParts): Route[] {
  return [
    {
      method: 'GET',
      path: '/survey/{key}',
      tag: survey.labelPlural,
      access: 'public',
      summary: 'The question behind a link',
      ok: OPEN_SURVEY,
      handle: async (call) => ({ body: await surveyOfKey(store, secret, call.params['key'] ?? '') }),
    },
    {
      method: 'POST',
      path: '/survey/{key}',
      tag: survey.labelPlural,
      access: 'public',
      summary: 'Answer it, once',
      body: answerBody,
      okStatus: 204,
      audited: 'journal',
      handle: async (call) => {
        const { score, comment = null } = answerBody.parse(call.body)
        const said = { key: call.params['key'] ?? '', request: call.request, score, comment }
        await answerByKey(store, secret, said)
        return { status: 204 }
      },
    },
  ]
}
