// The encryption of push messages: the example of RFC 8291, an independent decoder, and what is no key.
import assert from 'node:assert/strict'
import { createECDH, randomBytes } from 'node:crypto'
import { describe, it } from 'node:test'
import { decrypt } from 'http_ece'
import { areKeys, encryptFor, MOST_BYTES } from './encrypt.ts'

const bytes = (text: string): Buffer => Buffer.from(text, 'base64url')
/** RFC 8291, appendix A */
const RFC = {
  text: 'When I grow up, I want to be a watermelon',
  p256dh: bytes('BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4'),
  auth: bytes('BTBZMqHH6r4Tts7J_aSIgg'),
  salt: bytes('DGv6ra1nlYgDCS1FRnbzlw'),
  privateKey: bytes('yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw'),
  message: 'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN', // oxfmt-ignore
}
function browser(): { p256dh: Buffer; auth: Buffer; read: (message: Buffer) => string } {
  const own = createECDH('prime256v1')
  own.generateKeys()
  const auth = randomBytes(16)
  const read = (message: Buffer): string => decrypt(message, { version: 'aes128gcm', privateKey: own, authSecret: auth.toString('base64url') }).toString() // oxfmt-ignore
  return { p256dh: own.getPublicKey(), auth, read }
}

describe('a push message', () => {
  it('is the one of RFC 8291 for the same keys and the same salt', () => {
    const made = encryptFor(RFC, Buffer.from(RFC.text), 0, RFC)
    assert.equal(made.toString('base64url'), RFC.message)
  })
  it('is read by another program, padded or not, empty or as long as it may be', () => {
    const { read, ...keys } = browser()
    for (const text of ['', 'Zählerstand: 5 µm', 'x'.repeat(MOST_BYTES)])
      for (const padTo of [0, 1024]) assert.equal(read(encryptFor(keys, Buffer.from(text), padTo)), text)
  })
  it('has one length however much it says, is never the same twice, and no longer than services take', () => {
    const keys = browser()
    const [one, two] = ['a', 'b'.repeat(900)].map((text) => encryptFor(keys, Buffer.from(text), 1024))
    assert.equal(one?.length, two?.length)
    assert.notDeepEqual(encryptFor(keys, Buffer.from('a')), encryptFor(keys, Buffer.from('a')))
    assert.equal(encryptFor(keys, Buffer.alloc(MOST_BYTES)).length, 4096)
    assert.throws(() => encryptFor(keys, Buffer.alloc(MOST_BYTES + 1)), RangeError)
  })
  it('is read by nobody else, nor after a change', () => {
    const [mine, theirs] = [browser(), browser()]
    const message = encryptFor(mine, Buffer.from('secret'))
    assert.throws(() => theirs.read(message))
    message.writeUInt8(message.readUInt8(100) ^ 1, 100)
    assert.throws(() => mine.read(message))
  })
  it('is made with a point of the curve and a secret of 16 bytes alone', () => {
    assert.equal(areKeys(RFC), true)
    const off = Buffer.from(RFC.p256dh)
    off.writeUInt8(off.readUInt8(64) ^ 1, 64)
    for (const wrong of [
      { ...RFC, p256dh: off },
      { ...RFC, p256dh: RFC.p256dh.subarray(0, 33) },
      { ...RFC, auth: RFC.auth.subarray(1) },
      { ...RFC, p256dh: Buffer.alloc(65) },
    ])
      // oxfmt-ignore
      assert.equal(areKeys(wrong), false)
  })
})
