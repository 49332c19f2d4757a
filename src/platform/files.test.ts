import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { buffer } from 'node:stream/consumers'
import { FileTooLarge, openFiles, type Files } from './files.ts'

let folder: string
let files: Files
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'files-'))
  files = openFiles(folder)
})
after(() => rm(folder, { recursive: true }))

const limits = { maxBytes: 1_000_000 }

async function* chunks(count: number, size: number): AsyncGenerator<Uint8Array> {
  for (let index = 0; index < count; index++) yield Buffer.alloc(size, index)
}

describe('files', () => {
  it('gives back what was put, under its hash', async () => {
    const content = Buffer.from('Störung am Drucker\n')
    const stored = await files.put(content, limits)
    const sha256 = createHash('sha256').update(content).digest('hex')
    assert.deepEqual(stored, { sha256, size: content.length, type: 'text/plain' })
    const found = await files.open(sha256)
    assert.equal(found?.size, content.length)
    assert.deepEqual(found && (await buffer(found.stream)), content)
  })

  it('gives back a part, and says what the whole is', async () => {
    const wave = Buffer.concat([Buffer.from('RIFF\x24\0\0\0WAVEfmt \x10\0\0\0', 'latin1'), Buffer.alloc(24, 1)])
    const { sha256 } = await files.put(wave, limits)
    const part = await files.open(sha256, { from: 8, to: 11 })
    assert.deepEqual(part && [part.size, String(await buffer(part.stream))], [4, 'WAVE'])
    assert.deepEqual(await files.facts(sha256), { size: 44, type: 'audio/wav' })
    assert.deepEqual([await files.facts('0'.repeat(64)), await files.facts('../../etc/passwd')], [null, null])
  })

  it('keeps the same content once, also when it comes twice at the same time', async () => {
    const both = await Promise.all([files.put(chunks(20, 1_000), limits), files.put(chunks(20, 1_000), limits)])
    assert.deepEqual(both[0], both[1])
    assert.notEqual(await files.open(both[0].sha256), null)
  })

  it('stops reading a stream that is too large, and keeps nothing of it', async () => {
    let read = 0
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) {
        read += 100_000
        yield Buffer.alloc(100_000)
      }
    }
    await assert.rejects(files.put(endless(), limits), FileTooLarge)
    assert.equal(read, 1_100_000)
    assert.deepEqual(await readdir(path.join(folder, 'incoming')), [])
  })

  it('keeps nothing of a stream that breaks', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('half')
      throw new Error('connection lost')
    }
    await assert.rejects(files.put(broken(), limits), /connection lost/)
    assert.deepEqual(await readdir(path.join(folder, 'incoming')), [])
  })

  it('answers null for what is not there and for names that are no hash', async () => {
    assert.equal(await files.open('0'.repeat(64)), null)
    assert.equal(await files.open('../../../../etc/passwd'), null)
    await files.remove('../incoming')
  })

  it('removes', async () => {
    const { sha256 } = await files.put(Buffer.from('gone'), limits)
    await files.remove(sha256)
    assert.equal(await files.open(sha256), null)
    await files.remove(sha256)
  })

  it('gives the beginning of a text, whatever its letters, and nothing of what is none', async () => {
    const text = async (content: Uint8Array, most = 1_000): ReturnType<typeof files.text> =>
      files.text((await files.put(content, limits)).sha256, most)
    assert.deepEqual(await text(Buffer.from('a\nb')), { text: 'a\nb', isCut: false })
    assert.deepEqual(await text(Buffer.from('\ufeffTürstörung', 'utf16le')), { text: 'Türstörung', isCut: false })
    // The letter that the end of the beginning cuts in two is left out.
    assert.deepEqual(await text(Buffer.from('xü'), 2), { text: 'x', isCut: true })
    assert.equal(await text(Buffer.from([1, 0, 2])), null)
    assert.equal(await files.text('0'.repeat(64), 10), null)
    assert.equal(await files.text('../secret', 10), null)
  })

  const types: [string, Uint8Array, string][] = [
    ['a PNG', Buffer.from('89504e470d0a1a0a0000000d494844520000000100000001080600000', 'hex'), 'image/png'],
    ['a PDF', Buffer.from('%PDF-1.7\n'), 'application/pdf'],
    ['a page that calls itself a picture', Buffer.from('  <!DOCTYPE html><script>alert(1)</script>'), 'text/html'],
    ['text with a script in it', Buffer.from('hello <script>alert(1)</script>'), 'text/html'],
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'image/svg+xml'],
    ['a commented SVG', Buffer.from('<?xml version="1.0"?>\n<!-- x -->\n<svg/>'), 'image/svg+xml'],
    ['UTF-16 text', Buffer.from('\ufeffTürstörung', 'utf16le'), 'text/plain'],
    ['Latin-1 text', Buffer.from('Türstörung', 'latin1'), 'text/plain'],
    ['text whose last character is cut by the head', Buffer.from('x' + 'ü'.repeat(8_000)), 'text/plain'],
    ['noise', Buffer.from([0, 1, 2, 3, 250, 251]), 'application/octet-stream'],
    ['nothing', Buffer.alloc(0), 'application/x-empty'],
  ]
  for (const [name, content, type] of types) {
    it(`sees ${name}`, async () => assert.equal((await files.put(content, limits)).type, type))
  }
})
