// The part of http_ece that the tests use: it brings no types of its own.
declare module 'http_ece' {
  import type { ECDH } from 'node:crypto'

  export function decrypt(
    message: Buffer,
    how: { readonly version: 'aes128gcm'; readonly privateKey: ECDH; readonly authSecret: string },
  ): Buffer
}
