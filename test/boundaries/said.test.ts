// Whatever a refusal says goes through the catalogue: a sentence with something filled in is said, not put together.
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { it } from 'node:test'

const source = path.join(import.meta.dirname, '../../src')
/** What only the administrator's own terminal shows is English. */
const TERMINAL = /^(?:domains\/demo\/|platform\/config\.ts)/
const REFUSAL = /(?:\b(?:badRequest|conflict|forbidden)\(|\b(?:detail|because|todo):)\s*`([^`]*)`/g
/** Two words side by side that are not filled in. */
const isSentence = (text: string): boolean => /[a-z]{2,} [a-z]{2,}/.test(text.replaceAll(/\$\{[^}]*\}/g, '…'))

it('no refusal is put together past the catalogue', () => {
  const files = globSync('{kit,domains,platform,engines}/**/*.ts', { cwd: source })
  assert.ok(files.length > 300)
  const unsaid = files
    .filter((file) => !file.endsWith('.test.ts') && !TERMINAL.test(file))
    .flatMap((file) =>
      [...readFileSync(path.join(source, file), 'utf8').matchAll(REFUSAL)]
        .filter(([, text = '']) => isSentence(text))
        .map(([, text = '']) => `${file}: write say\`${text.slice(0, 60)}…\``),
    )
  assert.deepEqual(unsaid, [])
})
