// What the screens say comes from the catalogue, what they count and date from one place, and their styles know no left and right.
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'

const web = path.join(import.meta.dirname, '../../src/web')
const isTest = (file: string): boolean => file.endsWith('.test.ts')
const read = (file: string): string => readFileSync(path.join(web, file), 'utf8')
const files = (pattern: string): string[] => globSync(pattern, { cwd: web }).filter((file) => !isTest(file))

/** Names of files, keys and addresses are the same in every language. */
const SAME_EVERYWHERE = new Set(['openapi.json', 'Esc', 'https://…/holidays.ics', 'Pilothouse'])
/** Text between tags: after a tag or a filled-in value, before the next one. */
const BETWEEN = /<\/?[A-Za-z][^<>]*>([^<>{}()=;]*)(?=<\/?[A-Za-z]|\{)/g
const AFTER_VALUE = /\}([^<>{}()=;]*)(?=<\/[A-Za-z])/g
const ATTRIBUTE =
  /\b(?:aria-(?:label|description|roledescription)|title|placeholder|label|alt|description|error|summary)=(?:"([^"]*)"|\{`([^`]*)`\}|\{'([^']*)'\})/g
const PROPERTY = /\b(?:label|title|placeholder|text|help|message):\s*(?:'([^'\n]*)'|`([^`]*)`)/g

/** Between the angle brackets of types and comparisons. */
const CODE = /^(?:return|const|case|default|interface)\b|[`|&[\]]|\?:|: Record$/

function wordsIn(source: string): string[] {
  const plain = source.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$|^import [^;]*?from .*$/gm, '').replaceAll('=>', '')
  return [
    ...plain.matchAll(BETWEEN),
    ...plain.matchAll(AFTER_VALUE),
    ...plain.matchAll(ATTRIBUTE),
    ...plain.matchAll(PROPERTY),
  ]
    .map(([, ...groups]) => (groups.find((group) => group !== undefined) ?? '').replaceAll(/\$\{[^}]*\}/g, ' ').trim())
    .filter((text) => /\p{L}{3,}/u.test(text) && !CODE.test(text) && !SAME_EVERYWHERE.has(text))
}

/** Styles by the side of the screen; `start` and `end` turn with the direction of the writing. */
const SIDES =
  /(?:^|[\s;{])(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)\b|(?:left|right)\s*:|border-(?:top|bottom)-(?:left|right)|(?:text-align|float|clear)\s*:\s*(?:left|right)\b|(?:padding|margin|inset):(?: [^\s;]+){4};|transform:[^;]*translateX\()/g
const SIDES_IN_SCRIPT =
  /style=\{\{[^}]*\b(?:(?:margin|padding|border)(?:Left|Right)|left|right|(?:textAlign|float):\s*'(?:left|right)')/g

/** Constants of a module that take words out of the catalogue while it is loaded: they would stay in the language of then, or in none. */
function tooEarly(source: string): string[] {
  const statements = source.split(/\n(?=[^\s\])}])/)
  return statements.filter(
    (statement) =>
      /^(?:export )?const /.test(statement) &&
      /\b(?:words|messages|scopes|\w+Words)\.\w/.test(statement) &&
      !/^(?:export )?const \w+ = [\w.]+\s*$/.test(statement) &&
      !/=>|\bfunction\b|\bget \w+\(/.test(statement),
  )
}

describe('the screens', () => {
  it('say nothing that is not in the catalogue', () => {
    const screens = files('**/*.tsx')
    assert.ok(screens.length > 150)
    const found = screens.flatMap((file) => wordsIn(read(file)).map((text) => `${file}: “${text}”`))
    assert.deepEqual(found, [])
  })

  it('know a literal text when they see one', () => {
    assert.deepEqual(wordsIn('<p className="quiet">Nothing here</p>'), ['Nothing here'])
    assert.deepEqual(wordsIn('<p>{n} records</p>'), ['records'])
    assert.deepEqual(wordsIn('<Button aria-label={`Remove ${name}`} />'), ['Remove'])
    assert.deepEqual(wordsIn("const column = { label: 'Name', kind }"), ['Name'])
    assert.deepEqual(wordsIn('<p title={words.about}>{words.text}</p>'), [])
  })

  it('read their words when they are drawn', () => {
    const found = files('**/*.{ts,tsx}')
      .filter((file) => !file.startsWith('messages/'))
      .flatMap((file) => tooEarly(read(file)).map((text) => `${file}: ${text.slice(0, 80)}`))
    assert.deepEqual(found, [])
    assert.equal(tooEarly('const words = messages.needs\nconst ends = [\n  { title: words.needs },\n]\n').length, 1)
  })

  it('write numbers, dates and money in one place', () => {
    const found = files('**/*.{ts,tsx}')
      .filter((file) => file !== 'fields/format.ts' && !/^messages\/\w+\/count\.ts$/.test(file))
      .flatMap((file) => (read(file).match(/\.toLocale\w+\(|\bIntl\.\w+/g) ?? []).map((use) => `${file}: ${use}`))
    assert.deepEqual(found, [])
  })

  it('have styles that turn with the direction of the writing', () => {
    const styles = files('**/*.css')
    assert.ok(styles.length > 20)
    const inStyles = styles.flatMap((file) => (read(file).match(SIDES) ?? []).map((use) => `${file}: ${use.trim()}`))
    const inScreens = files('**/*.tsx').flatMap((file) =>
      (read(file).match(SIDES_IN_SCRIPT) ?? []).map((use) => `${file}: ${use.trim()}`),
    )
    assert.deepEqual([...inStyles, ...inScreens], [])
  })
})
