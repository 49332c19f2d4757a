/** Finds out how a text file is encoded by reading all of it once, and decodes it as a stream. */
import { StringDecoder } from 'node:string_decoder'
import { analyse } from 'chardet'
import iconv from 'iconv-lite'
import { counted, say } from '#engines/say.ts'
import { MixedDecoder, mixtureOf, withoutUtf8 } from './mixed-text.ts'
import type { Mixture } from './mixed-text.ts'
import { UnreadableFile } from './unreadable.ts'

export interface TextSurvey {
  encoding: string
  /** Line ends seen. */
  lines: number
  bytes: number
  /** Bytes that are not UTF-8 in a file that is read as UTF-8; they are read as windows-1252. */
  mixture: Mixture | null
}

const marks: readonly (readonly [string, string])[] = [
  ['efbbbf', 'UTF-8'],
  ['fffe0000', 'UTF-32LE'],
  ['0000feff', 'UTF-32BE'],
  ['fffe', 'UTF-16LE'],
  ['feff', 'UTF-16BE'],
]
const evidenceBytes = 65_536

/**
 * One pass over the bytes. UTF-8 is proven, not guessed; a file that is not all UTF-8 is read once more for what it mixes,
 * and judged from the places that are not ASCII, wherever in it they are.
 * @throws UnreadableFile empty, nul, binary
 */
export async function surveyText(bytes: () => AsyncIterable<Buffer>, wanted?: string): Promise<TextSurvey> {
  if (wanted !== undefined && !iconv.encodingExists(wanted)) {
    throw new UnreadableFile(
      'encoding',
      say`The encoding “${wanted}” is not known. Choose another, such as UTF-8 or windows-1252.`,
    )
  }
  const survey = new Survey()
  for await (const chunk of bytes()) survey.add(chunk)
  survey.proveUtf8()
  if (survey.bytes === 0) throw new UnreadableFile('empty', say`The file is empty once unpacked. Export it again.`)
  const found = wanted === undefined ? survey.encoding() : wanted
  const { lines, isUtf8 } = survey
  const isSingle = isUtf8 || (found !== null && !/^utf-?8$/i.test(found))
  const mixture = isSingle ? null : await mixtureOf(bytes())
  if (mixture === null) return { encoding: found ?? 'UTF-8', lines, bytes: survey.bytes, mixture }
  const narrow = found === null && !isNearlyUtf8(mixture) ? survey.narrow(mixture) : null
  return { encoding: narrow ?? found ?? 'UTF-8', lines, bytes: survey.bytes, mixture: narrow === null ? mixture : null }
}

/** Text in chunks; a leading byte order mark is taken off. */
export async function* decoded(
  bytes: AsyncIterable<Buffer>,
  { encoding, mixture }: Pick<TextSurvey, 'encoding' | 'mixture'>,
): AsyncGenerator<string, void> {
  const decoder = mixture === null ? decoderOf(encoding) : new MixedDecoder()
  let isFirst = true
  for await (const chunk of bytes) {
    let text = decoder.write(chunk)
    if (isFirst && text.length > 0) {
      isFirst = false
      if (text.charCodeAt(0) === 0xfeff) text = text.slice(1)
    }
    if (text.length > 0) yield text
  }
  const rest = decoder.end()
  if (rest) yield rest
}

function decoderOf(encoding: string): { write(chunk: Buffer): string; end(): string | undefined } {
  if (encoding === 'UTF-8') return new StringDecoder('utf8')
  if (encoding === 'UTF-16LE') return new StringDecoder('utf16le')
  return iconv.getDecoder(encoding)
}

class Survey {
  bytes = 0
  lines = 0
  isUtf8 = true
  #nulsAtEven = 0
  #nulsAtOdd = 0
  #firstNul = -1
  #controls = 0
  #head = Buffer.alloc(0)
  #evidence: Buffer[] = []
  #evidenceSize = 0
  #utf8 = new TextDecoder('utf-8', { fatal: true })

  add(chunk: Buffer): void {
    if (this.#head.length < 4096) this.#head = Buffer.concat([this.#head, chunk.subarray(0, 4096)])
    const high = this.#count(chunk)
    this.proveUtf8(chunk)
    if (high >= 0 && this.#evidenceSize < evidenceBytes) {
      const part = chunk.subarray(Math.max(0, high - 512), high + 8192)
      this.#evidence.push(Buffer.from(part))
      this.#evidenceSize += part.length
    }
    this.bytes += chunk.length
  }

  /** Returns where the first byte above ASCII lies, or -1. */
  #count(chunk: Buffer): number {
    let high = -1
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at] ?? 0
      if (byte > 0x7f) {
        if (high < 0) high = at
      } else if (byte < 0x20) this.#countControl(byte, this.bytes + at)
    }
    return high
  }

  #countControl(byte: number, at: number): void {
    if (byte === 10) this.lines++
    else if (byte === 0) {
      if (this.#firstNul < 0) this.#firstNul = at
      if (at % 2 === 0) this.#nulsAtEven++
      else this.#nulsAtOdd++
    } else if (byte !== 13 && byte !== 9 && byte !== 12 && byte !== 27) this.#controls++
  }

  /** Without a chunk: the text ends here, and no character may be cut. */
  proveUtf8(chunk?: Buffer): void {
    if (!this.isUtf8) return
    try {
      this.#utf8.decode(chunk, { stream: chunk !== undefined })
    } catch {
      this.isUtf8 = false // The fault is the answer: the bytes are not UTF-8.
    }
  }

  /** Null for a text that is neither marked, nor wide, nor all UTF-8. */
  encoding(): string | null {
    const hex = this.#head.subarray(0, 4).toString('hex')
    const marked = marks.find(([start]) => hex.startsWith(start))
    if (marked && !(marked[1] === 'UTF-16LE' && this.bytes % 2 === 1)) return marked[1]
    const wide = this.#wideWithoutMark()
    if (wide) return wide
    this.#refuseGarbage()
    return this.isUtf8 ? 'UTF-8' : null
  }

  /** Null when the text is Western and all that could be UTF-8 in it makes sense so: it mixes both. */
  narrow({ characters, western }: Mixture): string | null {
    const evidence = Buffer.concat(this.#evidence)
    const isMixed =
      characters > 0 && western === characters && /1252|8859-15?$/.test(narrowEncoding(withoutUtf8(evidence)))
    return isMixed ? null : narrowEncoding(evidence)
  }

  // Latin text in UTF-16 has a zero in every other byte.
  #wideWithoutMark(): string | null {
    const pairs = this.bytes / 2
    if (this.#nulsAtOdd > pairs * 0.4 && this.#nulsAtEven < pairs * 0.05) return 'UTF-16LE'
    if (this.#nulsAtEven > pairs * 0.4 && this.#nulsAtOdd < pairs * 0.05) return 'UTF-16BE'
    return null
  }

  #refuseGarbage(): void {
    const nuls = this.#nulsAtEven + this.#nulsAtOdd
    if (nuls > this.bytes * 0.01 || this.#controls > this.bytes * 0.02) {
      throw new UnreadableFile(
        'binary',
        say`The file is not text: it is full of bytes that no text has. Export the table as CSV, XLSX or JSON lines.`,
      )
    }
    if (nuls > 0) {
      throw new UnreadableFile(
        'nul',
        counted(
          nuls,
          say`The file has ${nuls} zero byte, the first at byte ${this.#firstNul + 1}: it was cut or damaged there. Export it again.`,
          say`The file has ${nuls} zero bytes, the first at byte ${this.#firstNul + 1}: it was cut or damaged there. Export it again.`,
        ),
      )
    }
  }
}

const wideAlphabets = new Set([
  'Shift_JIS',
  'EUC-JP',
  'EUC-KR',
  'Big5',
  'GB18030',
  'ISO-2022-JP',
  'ISO-2022-KR',
  'ISO-2022-CN',
])

// The WHATWG rule: what calls itself ISO-8859-1 is read as windows-1252, its superset. Weak guesses fall back to it too.
function narrowEncoding(evidence: Buffer): string {
  const guesses = analyse(evidence).filter(
    (guess) => iconv.encodingExists(guess.name) && !/^(UTF|IBM|ISO-2022)/.test(guess.name),
  )
  const best = guesses.find((guess) => !wideAlphabets.has(guess.name) || isClean(evidence, guess.name))
  if (!best || best.confidence < 25 || best.name === 'ISO-8859-1') return 'windows-1252'
  return best.name
}

// One damaged character must not turn all others into "Ã¼".
function isNearlyUtf8({ characters, strays }: Mixture): boolean {
  return characters > strays * 10
}

// The evidence is cut anywhere, so each piece may begin and end inside a character.
function isClean(evidence: Buffer, encoding: string): boolean {
  const text = iconv.decode(evidence, encoding)
  const faults = text.split('\ufffd').length - 1
  return faults <= 2 + text.length * 0.0005
}
