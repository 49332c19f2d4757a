// Holds every answer of a test server against what its API document promises; whoever asked hears where it differs.
import assert from 'node:assert/strict'
import addFormats from 'ajv-formats'
import { Ajv2020, type AnySchemaObject, type ValidateFunction } from 'ajv/dist/2020.js'
import type { Answer, Call, Route } from '#kit/contract.ts'

/** What was found since somebody last asked: one sentence for each. */
const wrong = new Set<string>()

/** From now on each answer of these routes is checked. They hold `GET /openapi.json`, which is the measure. */
export function checkAnswers(routes: readonly Route[]): void {
  const promises = new Promises(routes)
  for (const route of routes) {
    const { handle } = route
    const checked = async (call: Call): Promise<Answer> => {
      const answer = await handle(call)
      for (const sentence of await promises.broken(route, answer)) wrong.add(sentence)
      return answer
    }
    Object.assign(route, { handle: checked })
  }
}
/** @throws AssertionError when an answer was not what the API document says */
export function assertAnswers(): void {
  const sentences = [...wrong]
  wrong.clear()
  assert.equal(sentences.length, 0, `\n${sentences.join('\n')}`)
}

class Promises {
  readonly #document: Route['handle'] | undefined
  readonly #known = new Map<Route, ValidateFunction | null>()
  #judge: Promise<Ajv2020> | null = null
  constructor(routes: readonly Route[]) {
    this.#document = routes.find(({ path }) => path === '/openapi.json')?.handle
  }
  async broken(route: Route, answer: Answer): Promise<string[]> {
    const name = `${route.method} ${route.path}`
    const other = otherStatus(route, answer)
    if (other !== null) return other
    if (answer.stream !== undefined || answer.events !== undefined || typeof answer.body === 'string') {
      const type = answer.headers?.['Content-Type'] ?? 'text/event-stream'
      const isSaid = route.okTypes?.some((one) => type.startsWith(one.replace(/\*$/, ''))) === true
      return isSaid ? [] : [`${name} answered ${type}; its okTypes are ${route.okTypes?.join(', ') ?? 'not declared'}.`]
    }
    const validate = await this.#validator(route)
    if (validate === null)
      return answer.body === undefined ? [] : [`${name} answered a body; the document says that it has none.`]
    // What the browser reads, not what the handler holds: dates are text by then, and what is undefined is gone.
    const body: unknown = answer.body === undefined ? undefined : JSON.parse(JSON.stringify(answer.body))
    if (validate(body)) return []
    return (validate.errors ?? []).map(({ instancePath, message, params }) => {
      const more = Object.values(params).filter((value) => typeof value === 'string')
      return `${name} answered what its schema refuses at "${instancePath}": ${message} (${more.join(', ')}): ${JSON.stringify(at(body, instancePath))?.slice(0, 300)}`
    })
  }
  async #validator(route: Route): Promise<ValidateFunction | null> {
    const known = this.#known.get(route)
    if (known !== undefined) return known
    this.#judge ??= this.#read()
    const judge = await this.#judge
    const place = ['paths', `/api/v1${route.path}`, route.method.toLowerCase(), 'responses', String(route.okStatus ?? 200), 'content', 'application/json', 'schema'] // oxfmt-ignore
    const made =
      route.ok === undefined || route.okTypes !== undefined
        ? null
        : judge.compile({ $ref: `document#/${place.map(escaped).join('/')}` })
    this.#known.set(route, made)
    return made
  }
  async #read(): Promise<Ajv2020> {
    assert.ok(this.#document !== undefined, 'There is no GET /openapi.json among the routes.')
    // Reading the document depends on nobody and nothing.
    const { body } = await this.#document({} as Call)
    const judge = new Ajv2020({ allErrors: true, strict: false, validateSchema: false })
    addFormats.default(judge)
    judge.addSchema(JSON.parse(JSON.stringify(body)) as AnySchemaObject, 'document')
    return judge
  }
}
/** Null for the status that is promised; none of the sentences for "unchanged", where that is said too. */
function otherStatus(route: Route, { status, body, headers }: Answer): string[] | null {
  const promised = route.okStatus ?? 200
  if (status === undefined || status === promised) return null
  if (status === 206 && route.isPartly === true && headers?.['Content-Range'] !== undefined) return null
  if (status === 304 && body === undefined && route.refusals?.includes(304) === true) return []
  return [`${route.method} ${route.path} answered ${status}; the document says ${promised}.`]
}
function escaped(part: string): string {
  return encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))
}
function at(value: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((inner, name) => {
      const key = name.replaceAll('~1', '/').replaceAll('~0', '~')
      return typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[key] : undefined
    }, value)
}
