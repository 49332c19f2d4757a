/** The OpenAPI 3.1 document of all routes. */
import type { JsonSchema, Route } from './contract.ts'
import { isZod } from './contract.ts'
import { draftSchema, jsonSchemaOf, rowSchema, upper, wholeSchema } from './json-schema.ts'
import { TEXT } from './routes/shape.ts'
import type { RecordType } from './record.ts'
import type { ExtraShapes } from './rest.ts'

const COMMON: Readonly<Record<string, JsonSchema>> = {
  Ref: {
    type: 'object',
    properties: { id: { type: 'integer' }, number: { type: 'string' }, title: { type: 'string' } },
    required: ['id', 'number', 'title'],
    additionalProperties: false,
  },
  AnyRef: {
    type: 'object',
    properties: {
      record: { type: 'string' },
      id: { type: 'integer' },
      number: { type: 'string' },
      title: { type: 'string' },
    },
    required: ['record', 'id', 'number', 'title'],
    additionalProperties: false,
  },
  Problem: {
    type: 'object',
    description:
      'RFC 9457 problem details. "type" is always urn:pilothouse:problem: and the kind, such as unfit or not-found; "detail" is for people, in their language.',
    properties: {
      type: { type: 'string', pattern: '^urn:pilothouse:problem:[a-z-]+$' },
      title: { type: 'string' },
      status: { type: 'integer' },
      detail: { type: 'string' },
      request: { type: 'string' },
      errors: {
        type: 'array',
        items: {
          type: 'object',
          properties: { pointer: { type: 'string' }, detail: { type: 'string' } },
          required: ['pointer', 'detail'],
        },
      },
    },
    required: ['type', 'title', 'status', 'detail'],
  },
}
const TITLES: Readonly<Record<number, string>> = {
  400: 'Not understood',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  409: 'Refused',
  412: 'Stale revision',
  413: 'Too large',
  415: 'Unknown content',
  422: 'Does not fit',
  428: 'If-Match is needed',
  429: 'Too many requests',
}

export interface Described {
  readonly records: readonly RecordType[]
  readonly version: string
  /** What the page of a record shows besides its fields: record → name → schema. */
  readonly extraShapes: ExtraShapes
}
export function openApi(routes: readonly Route[], { records, version, extraShapes }: Described): JsonSchema {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const route of routes) (paths[`/api/v1${route.path}`] ??= {})[route.method.toLowerCase()] = operation(route)
  const own = records.flatMap((record) => [
    [upper(record.name), rowSchema(record)],
    [`Whole${upper(record.name)}`, wholeSchema(record, extraShapes.get(record.name) ?? {})],
    [`${upper(record.name)}Draft`, draftSchema(record, false)],
    [`${upper(record.name)}Patch`, draftSchema(record, true)],
  ])
  return {
    openapi: '3.1.0',
    info: {
      title: 'Pilothouse',
      version,
      description: 'Everything that the web application does goes through this API.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }, { cookie: [] }],
    tags: [...new Set(routes.map((route) => route.tag))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        cookie: { type: 'apiKey', in: 'cookie', name: 'pilothouse' },
      },
      schemas: { ...COMMON, ...Object.fromEntries(own) },
    },
  }
}

function operation(route: Route): JsonSchema {
  const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  const inQuery = Object.entries(route.query ?? {}).map(([name, said]) => ({
    name,
    in: 'query',
    required: false,
    description: said.about,
    schema: said.schema,
  }))
  const header =
    route.ifMatch === true
      ? [
          {
            name: 'If-Match',
            in: 'header',
            required: route.method === 'PATCH',
            description: 'The revision that was read, such as "3".',
            schema: { type: 'string' },
          },
        ]
      : []
  const key =
    route.method === 'POST'
      ? [
          {
            name: 'Idempotency-Key',
            in: 'header',
            required: false,
            description: 'The same key gives the same answer once more, without doing it again.',
            schema: { type: 'string', maxLength: 200 },
          },
        ]
      : []
  return {
    operationId: operationId(route),
    summary: route.summary,
    tags: [route.tag],
    ...(route.access === 'public' ? { security: [] } : {}),
    parameters: [...inPath, ...inQuery, ...header, ...key],
    ...(route.body === undefined ? {} : { requestBody: bodyOf(route) }),
    responses: responses(route),
  }
}
function bodyOf(route: Route): JsonSchema {
  if (route.body === 'upload')
    return {
      required: true,
      content: {
        'multipart/form-data': {
          schema: {
            type: 'object',
            properties: { ...partsOf(route), file: { type: 'string', format: 'binary' } },
            additionalProperties: { type: 'string' },
          },
        },
      },
    }
  const schema = isZod(route.body) ? jsonSchemaOf(route.body) : (route.body ?? {})
  return { required: true, content: { 'application/json': { schema } } }
}
function partsOf({ parts = {} }: Route): JsonSchema {
  return Object.fromEntries(
    Object.entries(parts).map(([name, { about }]) => [name, { type: 'string', description: about }]),
  )
}
function responses(route: Route): JsonSchema {
  const status = route.okStatus ?? 200
  const ok = {
    description: 'Done.',
    ...contentOf(route),
  }
  const refusals = new Set([
    400,
    ...(route.access === 'public' ? [] : [401, 403, 404]),
    ...(route.refusals ?? []),
    ...(route.path.includes('{') ? [404] : []),
    ...(route.ifMatch !== true ? [] : route.method === 'PATCH' ? [412, 428] : [412]),
    // Also of a page that was shown to somebody else.
    ...(route.method === 'GET' ? [] : [409]),
    ...(route.body === undefined ? [] : [413, 415, 422]),
  ])
  return {
    [status]: ok,
    ...(route.isPartly === true ? { 206: { ...ok, description: 'The part that Range asks for.' } } : {}),
    ...Object.fromEntries(
      [...refusals]
        .sort((a, b) => a - b)
        .map((code) => [
          code,
          {
            description: TITLES[code] ?? 'Refused',
            content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
          },
        ]),
    ),
  }
}
function contentOf({ ok, okTypes }: Route): JsonSchema {
  if (ok === undefined && okTypes === undefined) return {}
  return {
    content: Object.fromEntries((okTypes ?? ['application/json']).map((type) => [type, { schema: ok ?? TEXT }])),
  }
}
function operationId(route: Route): string {
  const words = route.path
    .split('/')
    .filter((part) => part !== '')
    .map((part) =>
      part.startsWith('{')
        ? `By${upper(part.slice(1, -1))}`
        : upper(part.replace(/[^\w]+(\w)/g, (_, letter: string) => letter.toUpperCase())),
    )
  return `${route.method.toLowerCase()}${words.join('')}`
}
