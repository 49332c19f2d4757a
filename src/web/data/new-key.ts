// A key for a call that is to be done once, however often it is sent.

/** Also where the page came without TLS, in which browsers hide their own maker of such keys. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
