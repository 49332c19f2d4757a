/** Checkpoints: the size and root of the log at a moment, signed. The text is C2SP tlog-checkpoint in a signed note. */
import type { PublicKey, SealingKey } from './key.ts'

export interface Checkpoint {
  readonly origin: string
  /** How many entries it covers. */
  readonly size: number
  readonly root: Buffer
}

/** Three lines, an empty one, and the signature. */
export function signedNote(key: SealingKey, size: number, root: Uint8Array): string {
  const body = `${key.origin}\n${size}\n${Buffer.from(root).toString('base64')}\n`
  const signature = Buffer.concat([Buffer.from(key.id, 'hex'), key.sign(body)]).toString('base64')
  return `${body}\n— ${key.origin} ${signature}\n`
}

/** What a note says, whoever signed it; null when it is none. */
export function readNote(note: string): Checkpoint | null {
  const match = /^([^\n]{1,200})\n(0|[1-9]\d{0,14})\n([A-Za-z0-9+/]{43}=)\n(?:[^\n]+\n)*\n(?:— [^\n]+\n)+$/.exec(note)
  return match === null
    ? null
    : { origin: match[1] ?? '', size: Number(match[2]), root: Buffer.from(match[3] ?? '', 'base64') }
}

/** Whether one of these keys has signed the note. */
export function isSignedBy(note: string, keys: readonly PublicKey[]): boolean {
  const end = note.indexOf('\n\n')
  const body = note.slice(0, end + 1)
  return note
    .slice(end + 2)
    .split('\n')
    .some((line) => {
      const [dash, name, text, ...rest] = line.split(' ')
      const bytes = Buffer.from(text ?? '', 'base64')
      if (dash !== '—' || rest.length > 0 || bytes.length !== 68) return false
      return keys.some(
        (key) =>
          key.origin === name &&
          key.id === bytes.subarray(0, 4).toString('hex') &&
          key.isSigned(body, bytes.subarray(4)),
      )
    })
}
