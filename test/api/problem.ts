// The shape of every refusal, and that it tells nothing of the inside.
import assert from 'node:assert/strict'
import type { Answered } from '../setup/call.ts'

/** The answer is a problem of this status, in the shape of RFC 9457. */
export function problem(answer: Answered, status: number, detail = /./): Record<string, unknown> {
  assert.equal(answer.status, status, answer.text)
  assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/)
  const body = answer.body as Record<string, unknown>
  assert.equal(body['status'], status)
  assert.match(String(body['detail']), detail)
  for (const member of ['type', 'title', 'request']) assert.equal(typeof body[member], 'string', member)
  assert.match(String(body['type']), /^urn:pilothouse:problem:[a-z-]+$/)
  assert.equal(body['request'], answer.headers.get('x-request-id'))
  assert.ok(Array.isArray(body['errors']))
  assert.doesNotMatch(answer.text, /\bat .*\.ts:\d+|node_modules|select |insert into/i)
  return body
}
