// Bodies that do not fit the routes written by hand: the answer says in our words, at the field, what is wanted.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { isZod } from '#kit/contract.ts'
import { fitted } from '#kit/wanted.ts'
import { startTestServer, type TestServer } from '../setup/server.ts'
import { problem } from './problem.ts'

const raw = /Invalid input|Unrecognized|expected .{0,40} received|Too (small|big)/
let server: TestServer
before(async () => {
  server = await startTestServer()
})

describe('a body that does not fit', () => {
  const cases: [path: string, body: unknown, pointer: string, detail: RegExp][] = [
    ['/undo', {}, '/request', /^Give the request to undo/],
    ['/incidents/1/merge', {}, '/into', /^Give the number of a record, such as 1042 or INC-1042\.$/],
    ['/grants', {}, '/person', /^Give a number such as 7, or P-7\.$/],
    ['/cannedreplies/1/fill', {}, '/incident', /^Give the number of a record/],
    ['/persons/5/hand-over', {}, '/to', /^Give the person who takes over/],
    ['/incidents/1/declare-major', { x: 1 }, '/x', /^There is no "x" here\. Known are: subject, commander/],
    ['/tokens', {}, '/name', /^"name" is missing\. Give text\.$/],
    ['/incidents/bulk', { ids: 'x' }, '/ids', /^"ids" must be a list\.$/],
    ['/incidents/bulk', { ids: [1, 'x'] }, '/ids/1', /^Entry 2 of "ids" must be a number\.$/],
    ['/imports/1/run', { mapping: 5 }, '/mapping', /^"mapping" is not taken: nothing is to be sent here\.$/],
  ]
  for (const [path, body, pointer, detail] of cases)
    it(`${path} ${JSON.stringify(body)} is told where and what is wanted`, async () => {
      const said = problem(await server.call('POST', path, { body, token: server.people.administrator.token }), 422)
      const first = (said['errors'] as { pointer: string; detail: string }[])[0] // a list of problems by field
      assert.equal(first?.pointer, pointer)
      assert.match(first?.detail ?? '', detail)
    })
  it('is told in words of ours by every route', () => {
    const bodies = server.running.routes.flatMap(({ method, path, body }) =>
      isZod(body) ? [{ name: `${method} ${path}`, body }] : [],
    )
    assert.ok(bodies.length > 40, `only ${bodies.length} bodies were found`)
    for (const { name, body } of bodies) {
      const known = 'shape' in body.def ? Object.keys(body.def.shape as object) : [] // of an object schema
      const wrong = [null, 5, 'x'.repeat(1_000_000), -1, [], [{}], {}, { x: 1 }, true, 1e300]
      const sent = [
        [],
        {},
        { strange: 1 },
        ...wrong.map((value) => Object.fromEntries(known.map((key) => [key, value]))),
      ]
      for (const one of sent) {
        const result = fitted(body, one)
        if ('value' in result) continue
        for (const { pointer, detail } of result.problems) {
          assert.doesNotMatch(detail, raw, `${name} ${pointer}`)
          assert.match(detail, /^[\p{Lu}"].{8,}[.]$/u, `${name} ${pointer}: ${detail}`)
        }
      }
    }
  })
})
