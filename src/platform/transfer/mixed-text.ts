/** Text of which most is UTF-8 and some is windows-1252, as logs and joined exports have it: each byte is read as what it is. */
import iconv from 'iconv-lite'

/** What a file mixes. Lines count from 1 and end with a line feed. */
export interface Mixture {
  /** Lines with bytes that are not UTF-8, and the first of them. */
  readonly lines: number
  readonly firstLine: number
  /** Bytes that are not UTF-8. */
  readonly strays: number
  /** Characters beyond ASCII that are UTF-8; those that Western texts have: accented letters, quotation marks, dashes, the euro. */
  readonly characters: number
  readonly western: number
}

/** Reads all of it once. */
export async function mixtureOf(bytes: AsyncIterable<Buffer>): Promise<Mixture> {
  const count = { line: 1, lines: 0, firstLine: 0, lastLine: 0, strays: 0, characters: 0, western: 0 }
  const walk = new Walk()
  const look = (chunk: Buffer, at: number, length: number): void => {
    if (length === 1) {
      count.strays++
      if (count.lastLine !== count.line) count.lines++
      count.lastLine = count.line
      count.firstLine ||= count.line
      return
    }
    count.characters++
    const point = chunk.toString('utf8', at, at + length).codePointAt(0) ?? 0
    if (point < 0x180 || (point >= 0x2000 && point < 0x2200)) count.western++
  }
  const ended = (): void => void count.line++
  for await (const chunk of bytes) walk.through(chunk, look, ended)
  walk.end(look)
  return count
}

/** The bytes without the characters beyond ASCII that are UTF-8. */
export function withoutUtf8(bytes: Buffer): Buffer {
  const parts: Buffer[] = []
  let from = 0
  const walk = new Walk()
  const look: Look = (_, at, length) => {
    if (length === 1) return
    parts.push(bytes.subarray(from, at))
    from = at + length
  }
  walk.through(bytes, look)
  return Buffer.concat([...parts, bytes.subarray(from)])
}

/** Bytes in chunks to text: UTF-8 where it is, windows-1252 where it is not. */
export class MixedDecoder {
  readonly #walk = new Walk()

  write(chunk: Buffer): string {
    return this.#read((look) => this.#walk.through(chunk, look))
  }
  end(): string {
    return this.#read((look) => this.#walk.end(look))
  }
  #read(walk: (look: Look) => Buffer): string {
    const strays: number[] = []
    const bytes = walk((_, at, length) => void (length === 1 && strays.push(at)))
    let text = ''
    let from = 0
    for (const at of strays) {
      text += bytes.toString('utf8', from, at) + (WESTERN[(bytes[at] ?? 0) - 0x80] ?? '')
      from = at + 1
    }
    return text + bytes.toString('utf8', from)
  }
}
const WESTERN = Array.from(iconv.decode(Buffer.from(Array.from({ length: 128 }, (_, at) => at + 0x80)), 'windows-1252'))

/** Told of each character beyond ASCII: its bytes, and how many they are; one byte alone is none of UTF-8. */
type Look = (bytes: Buffer, at: number, length: number) => void

class Walk {
  #rest: Buffer = Buffer.alloc(0)

  /** @returns the bytes that were looked at; a character that the chunk cuts waits for the next one */
  through(chunk: Buffer, look: Look, ended?: () => void): Buffer {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk])
    let at = 0
    while (at < bytes.length) {
      const byte = bytes[at] ?? 0
      if (byte === 10) ended?.()
      const length = byte < 0x80 ? 1 : lengthAt(bytes, at)
      if (length === 0) break
      if (byte >= 0x80) look(bytes, at, length)
      at += length
    }
    this.#rest = Buffer.from(bytes.subarray(at))
    return bytes.subarray(0, at)
  }
  /** What was cut and has no end: each byte alone. */
  end(look: Look): Buffer {
    const bytes = this.#rest
    this.#rest = Buffer.alloc(0)
    for (let at = 0; at < bytes.length; at++) look(bytes, at, 1)
    return bytes
  }
}

/** Bytes of the UTF-8 character that begins here (Unicode 16, table 3-7); 1 when none does, 0 when the chunk cuts it. */
function lengthAt(bytes: Buffer, at: number): number {
  const lead = bytes[at] ?? 0
  const length = lead < 0xc2 || lead > 0xf4 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4
  const [least, most] = SECOND.get(lead) ?? [0x80, 0xbf]
  for (let nth = 1; nth < length; nth++) {
    const byte = bytes[at + nth]
    if (byte === undefined) return 0
    if (byte < (nth === 1 ? least : 0x80) || byte > (nth === 1 ? most : 0xbf)) return 1
  }
  return length
}
/** Neither longer than needed, nor half a surrogate pair, nor beyond Unicode. */
const SECOND: ReadonlyMap<number, readonly [number, number]> = new Map([
  [0xe0, [0xa0, 0xbf]],
  [0xed, [0x80, 0x9f]],
  [0xf0, [0x90, 0xbf]],
  [0xf4, [0x80, 0x8f]],
])
