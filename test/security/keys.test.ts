// What keys are made of, and with what is hashed and encrypted: a walk over the source, and a look at what it makes.
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import { newKey } from '#kit/sign-in.ts'
import { newSealingKeyPem } from '#kit/seal/key.ts'

const root = path.join(import.meta.dirname, '../..')
const sources = globSync('src/**/*.{ts,tsx}', { cwd: root })
  .filter((file) => !file.includes('.test.'))
  .map((file) => ({ file, text: readFileSync(path.join(root, file), 'utf8') }))
/** Each call with its first argument, by the file that makes it. */
function calls(pattern: RegExp): { file: string; what: string }[] {
  return sources.flatMap(({ file, text }) => [...text.matchAll(pattern)].map(([, what = '']) => ({ file, what })))
}
/** Where chance need not be secret: waits, names of temporary files and of a window. */
const OPEN_CHANCE = ['src/platform/postgres/lock.ts', 'src/platform/pace.ts', 'src/web/data/reach.ts', 'src/platform/open-answers.ts', 'src/platform/database.ts', 'src/web/record/stay.ts'] // oxfmt-ignore
/** SHA-1 where a standard asks for it with a key (RFC 6238), for the name of a statement, and to see whether an entry has changed. */
const SHA1 = ['src/engines/totp.ts', 'src/platform/postgres/statements.ts', 'src/kit/federation/directory/known.ts'] // oxfmt-ignore

describe('[ASVS 11.5.1] [ASVS 7.2.3] [ASVS 6.5.3] a key', () => {
  it('of a session, a token or a link has 256 bits of chance, and none comes twice', () => {
    const made = Array.from({ length: 2000 }, () => newKey('x').shown.slice(1))
    assert.equal(new Set(made).size, made.length)
    for (const key of made) assert.equal(Buffer.from(key, 'base64url').length, 32, key)
    // Each of the 64 signs stands about as often as every other: 2,000 keys of 42 whole signs.
    const often = new Map<string, number>()
    for (const sign of made.flatMap((key) => Array.from(key.slice(0, 42)))) often.set(sign, (often.get(sign) ?? 0) + 1)
    assert.equal(often.size, 64)
    for (const [sign, times] of often) assert.ok(times > 1000 && times < 1650, `${sign} ${times} times`)
  })
  it('is never made of chance that can be foreseen', () => {
    const found = [...new Set(calls(/(Math\.random)\(/g).map(({ file }) => file))]
    assert.deepEqual(found.filter((file) => !OPEN_CHANCE.includes(file)), []) // oxfmt-ignore
    assert.ok(calls(/(randomBytes|randomUUID|randomInt|getRandomValues)\(/g).length > 15, 'the walk reads the source')
  })
})
describe('[ASVS 11.3.1] [ASVS 11.3.2] [ASVS 11.3.3] [ASVS 11.4.1] [ASVS 11.2.3] what is encrypted, hashed and signed', () => {
  it('is encrypted by AES in GCM alone, which notices a change: with 256 bits, or 128 where browsers ask for it (RFC 8188)', () => {
    const found = calls(/create(?:C|Dec)ipheriv\(\s*'([^']+)'/g)
    assert.ok(found.length >= 3, JSON.stringify(found))
    for (const { file, what } of found)
      assert.ok(what === 'aes-256-gcm' || (what === 'aes-128-gcm' && file.startsWith('src/kit/push/')), `${file}: ${what}`) // oxfmt-ignore
  })
  it('is hashed by SHA-256 or better', () => {
    const found = calls(/(?:createHash|createHmac|hash)\('([\w-]+)'/g)
    assert.ok(found.length >= 20, `${found.length}`)
    for (const { file, what } of found)
      assert.ok(['sha256', 'sha384', 'sha512'].includes(what) || (what === 'sha1' && SHA1.includes(file)), `${file}: ${what}`) // oxfmt-ignore
  })
  it('[ASVS 11.6.1] is signed by Ed25519, or by ECDSA with P-256 where browsers ask for it (RFC 8292)', () => {
    const found = calls(/(?:generateKeyPair(?:Sync)?|createECDH)\((?:'([^']+)'|CURVE)/g)
    assert.ok(found.length >= 3)
    for (const { file, what } of found)
      assert.ok(what === 'ed25519' || file.startsWith('src/kit/push/'), `${file}: ${what}`)
    assert.match(newSealingKeyPem(), /BEGIN PRIVATE KEY/)
  })
})
