// Requests that nobody should send, built from the API document: each value is sometimes right and sometimes hostile.
import fc from 'fast-check'

type Schema = Readonly<Record<string, unknown>>

export const STRINGS = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  'x\udfff',
  '\u202e\u200b',
  '😀'.repeat(300),
  'x'.repeat(100_000),
  "' or 1=1 --",
  '"; drop table incident; --',
  '$1',
  '%',
  '_',
  '\\',
  "\\'",
  '${7*7}',
  '{{7*7}}',
  '<script>alert(1)</script>',
  '../../../etc/passwd',
  'null',
  'undefined',
  'NaN',
  '-0',
  '1e999',
  '99999999999999999999',
  '-1',
  '0',
  '2026-02-30',
  '2026-13-45T99:99:99Z',
  '0000-00-00',
  '9999-12-31T23:59:59.999Z',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'me',
  'none',
  'any',
  'P-1',
  'INC-1',
  'INC-999999999999999',
  'SVC-1',
  'a@b',
  'http://',
  'javascript:1',
  '::1/129',
  'FREQ=SECONDLY',
  'Europe/Nowhere',
  '\r\nSet-Cookie: a=b',
  '() { :;}',
  '\u0130',
  'ﷺ'.repeat(50),
]
const VALUES: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  1e21,
  -1e308,
  2 ** 53,
  2 ** 31,
  [],
  {},
  [[]],
  [null],
  [{}],
  { id: 1 },
  { id: 'x' },
  { id: -1 },
  { id: 1e20 },
  { record: 'incident', id: 1 },
  { record: 'nothing', id: 1 },
  { record: 'constructor', id: 1 },
  { minor: 1.5, currency: 'EUR' },
  { minor: 2 ** 60, currency: 'EUR' },
  Array.from({ length: 600 }, (_, n) => n + 1),
]
const FILTERS = [
  'status:new',
  'constructor:1',
  'id>1',
  'id:x',
  'createdAt>=-7d',
  'createdAt:today',
  'createdAt>+99999y',
  'createdBy:me',
  'tags:a',
  '-tags:none',
  'name~"%"',
  'subject~"\\\\"',
  'a:b c',
  '"',
  'status:',
  'x:1 '.repeat(50),
  'custom.x:1',
  'custom.__proto__:1',
  'on:INC-1',
  'on:incident',
  'team:"a b"',
  'service<5',
  'id:1e308',
  'id:-1e309',
  `id:${'1,'.repeat(300)}1`,
  'number:INC-1',
  'binnedAt:none',
  'major:maybe',
  'updatedBy:none updatedBy:any',
]
const CURSORS = [
  [],
  [null],
  [1],
  ['x', 1],
  [null, null],
  [1, 2, 3],
  [{}, []],
  ['2026-01-01', 1],
  ['0000-00-00T00:00:00.000Z', 1],
  [1e308, 1],
  ['2026-01-01T00:00:00.000Z', '-'.repeat(36)],
  [true, 1],
].map((value) => Buffer.from(JSON.stringify(value)).toString('base64url'))

const hostileText = fc.oneof(fc.constantFrom(...STRINGS), fc.string({ unit: 'binary', maxLength: 40 }))
const hostile: fc.Arbitrary<unknown> = fc.oneof(hostileText, fc.constantFrom(...VALUES), fc.jsonValue({ maxDepth: 3 }))

/** A value for a schema: usually one that fits. */
export function valueFor(schema: Schema, document: Schema, depth = 0): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 4, arbitrary: fitting(schema, document, depth) }, { weight: 1, arbitrary: hostile })
}
function fitting(schema: Schema, document: Schema, depth: number): fc.Arbitrary<unknown> {
  if (depth > 4) return fc.constant(null)
  if (typeof schema['$ref'] === 'string') return fitting(resolve(schema['$ref'], document), document, depth)
  for (const many of ['anyOf', 'oneOf', 'allOf']) {
    const options = schema[many] as Schema[] | undefined // the document is ours: these members hold schemas
    if (options !== undefined && options.length > 0)
      return fc.oneof(...options.map((one) => fitting(one, document, depth + 1)))
  }
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...(schema['enum'] as unknown[]))
  if ('const' in schema) return fc.constant(schema['const'])
  switch (schema['type']) {
    case 'string':
      return fittingText(schema)
    case 'integer':
      return fc.oneof(fc.integer({ min: 1, max: 3 }), fc.integer())
    case 'number':
      return fc.oneof(fc.integer({ min: 0, max: 5 }), fc.double({ noNaN: true }))
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'array':
      return fc.array(valueFor((schema['items'] ?? {}) as Schema, document, depth + 1), { maxLength: 4 })
    case 'object':
      return fittingObject(schema, document, depth)
    default:
      return hostile
  }
}
function fittingText(schema: Schema): fc.Arbitrary<string> {
  if (schema['format'] === 'date-time') return fc.constantFrom('2026-01-01T00:00:00Z', '2026-06-01T12:00:00.000Z')
  if (schema['format'] === 'date') return fc.constantFrom('2026-01-01', '2024-02-29')
  if (schema['format'] === 'email') return fc.emailAddress()
  if (schema['format'] === 'uri') return fc.constant('https://harbour.test/')
  return fc.string({ maxLength: 20 })
}
function fittingObject(schema: Schema, document: Schema, depth: number): fc.Arbitrary<unknown> {
  const properties = (schema['properties'] ?? {}) as Record<string, Schema>
  const known = Object.fromEntries(
    Object.entries(properties).map(([name, one]) => [name, valueFor(one, document, depth + 1)]),
  )
  const required = fc.constantFrom((schema['required'] ?? []) as string[], [])
  const named = required.chain((names) =>
    fc.record(known, { requiredKeys: names.filter((name) => name in known), noNullPrototype: true }),
  )
  const extra = fc.option(
    fc.dictionary(
      fc.constantFrom('extra', 'id', 'rev', 'org', 'createdBy', 'constructor', 'status', 'custom', 'reason'),
      hostile,
      { maxKeys: 2, noNullPrototype: true },
    ),
    { freq: 3, nil: {} },
  )
  return fc.tuple(named, extra).map(([own, more]) => ({ ...own, ...more }))
}
export function resolve(reference: string, document: Schema): Schema {
  return reference
    .slice(2)
    .split('/')
    .reduce<Schema>((within, name) => within[name] as Schema, document)
}

/** A value for a query parameter, as text. */
export function queryFor(name: string, schema: Schema): fc.Arbitrary<string> {
  const likely: Readonly<Record<string, readonly string[]>> = {
    filter: FILTERS,
    after: CURSORS,
    sort: ['-createdAt', 'id', 'name,-id', 'constructor', '-', ',,,', 'a,b,c,d', 'number', '--id'],
    limit: ['1', '500', '0', '501', '1.5', '1e2', '-1', 'x', ''],
    fields: ['name', 'constructor', '', ',', 'id,rev,tags', 'note,body,definition', '*'],
    by: ['status', 'createdAt:month', 'createdAt:eon', 'priority,status', 'a,b,c', 'constructor', 'tags', 'team'],
    q: ['printer', "it's", 'a & b', ':*', '!', 'INC-1', '#INC-1', 'ﬁ', '\u0130'],
    total: ['true'],
    binned: ['true'],
  }
  const enumerated = Array.isArray(schema['enum']) ? (schema['enum'] as string[]) : []
  const known = [...(likely[name] ?? []), ...enumerated]
  return known.length === 0
    ? hostileText
    : fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: hostileText })
}
export const idFor: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('1', '2', '3') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      ...STRINGS.filter((text) => text.length < 400),
      '0',
      '1e3',
      '9'.repeat(15),
      '9'.repeat(16),
      '%',
      '%00',
      '%ff',
      '%2e%2e',
      '1;2',
      crypto.randomUUID(),
      '-'.repeat(36),
    ),
  },
)
export const headersFor: fc.Arbitrary<Record<string, string>> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom<Record<string, string>>({}, { 'if-match': '"1"' }, { 'if-match': '"2"' }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Record<string, string>>(
      { 'if-match': 'x' },
      { 'if-match': '' },
      { 'if-match': '9'.repeat(20) },
      { 'idempotency-key': 'x'.repeat(300) },
      { 'idempotency-key': 'same' },
      { accept: 'image/png' },
      { 'accept-encoding': 'nothing;q=x' },
      { 'content-type': 'text/plain' },
      { 'content-type': 'application/xml' },
      { 'content-type': 'multipart/form-data' },
      { 'content-type': 'application/json; charset=utf-7' },
      { range: 'bytes=5-1' },
      { cookie: 'pilothouse=x; a="' },
      { 'x-http-method-override': 'DELETE' },
      { origin: 'null' },
      { 'if-none-match': '*' },
    ),
  },
)
