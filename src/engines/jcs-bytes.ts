/**
 * Canonical JSON (RFC 8785) of JSON that PostgreSQL wrote from jsonb, byte by byte: a tenth of the cost of reading it into
 * objects and writing those. Whatever is unusual is refused, for `canonical` to decide.
 */

const QUOTE = 0x22
const COMMA = 0x2c
const COLON = 0x3a
const OPEN_LIST = 0x5b
const BACKSLASH = 0x5c
const CLOSE_LIST = 0x5d
const OPEN = 0x7b
const CLOSE = 0x7d
const SPACE = 0x20
const MINUS = 0x2d
/** So many digits are a number that a double holds exactly, written as it is. */
const EXACT_DIGITS = 15
const MOST_ORDERS = 10_000
/** Of each member: where it begins in what was written, where its key ends, where it ends. */
const MARKS = 3
const WORD = 4
/** From so many bytes on, the system's own copying is quicker. */
const LONG = 200

/** Text that is written often, four bytes at a time. */
export class Words {
  readonly length: number
  readonly words: Int32Array
  constructor(text: Buffer) {
    this.length = text.length
    this.words = Int32Array.from({ length: Math.ceil(text.length / WORD) }, (_, nth) =>
      Buffer.concat([text.subarray(nth * WORD), Buffer.alloc(WORD)]).readInt32LE(0),
    )
  }
}
const NO_KEYS = new Words(Buffer.of())

/** Writes into one buffer that is used again; `at` says how far it is filled. */
export class CanonicalBytes {
  out: Buffer = Buffer.allocUnsafeSlow(1 << 16)
  at = 0
  /** The keys of the outermost object in order, as a JSON list in UTF-8; set by `object`. */
  keys = NO_KEYS
  #src: Uint8Array = this.out
  /** To read and write four bytes at a time. */
  #outWords = wordsOf(this.out)
  #srcWords = this.#outWords
  #from = 0
  #end = 0
  #spare: Buffer = Buffer.allocUnsafeSlow(1 << 16)
  #spareWords = wordsOf(this.#spare)
  /** Marks of the members of the objects that are open, the innermost last. */
  #marks = new Int32Array(1 << 10)
  #marked = 0
  /** The order of members by a hash of their keys. A collision gives a wrong order, so a wrong hash later, never a right one. */
  readonly #orders = new Map<number, readonly number[]>()
  readonly #lists = new Map<number, Words>()

  /** Makes room for so many bytes behind `at`. */
  room(bytes: number): void {
    if (this.out.length - this.at >= bytes) return
    const larger = Buffer.allocUnsafeSlow(2 * (this.at + bytes))
    this.out.copy(larger, 0, 0, this.at)
    this.out = larger
    this.#outWords = wordsOf(larger)
  }

  /**
   * Writes the object that stands in `src` from `from` up to `end`, as jsonb writes it.
   * @returns false for what `canonical` must decide; `at` and what stands behind it say nothing then
   */
  object(src: Uint8Array, from: number, end: number): boolean {
    // A number may become longer by a sign and an exponent, nothing else does.
    this.room(2 * (end - from) + 64)
    if (this.#src !== src) this.#srcWords = wordsOf(src)
    this.#src = src
    this.#from = from
    this.#end = end
    this.#marked = 0
    return src[from] === OPEN && this.#object(true) && this.#from === end
  }
  /** Writes what there is room for, and for a word more. */
  put(text: Words): void {
    const to = this.#outWords
    const { words } = text
    for (let nth = 0; nth < words.length; nth++) to.setInt32(this.at + nth * WORD, words[nth] ?? 0, true)
    this.at += text.length
  }
  /** Writes text that is UTF-8 as a JSON string, as JSON.stringify does. */
  text(src: Uint8Array, from: number, end: number): void {
    this.room(6 * (end - from) + 2)
    const { out } = this
    let { at } = this
    out[at++] = QUOTE
    for (let nth = from; nth < end; nth++) {
      const byte = src[nth] ?? 0
      if (byte >= SPACE && byte !== QUOTE && byte !== BACKSLASH) out[at++] = byte
      else at += out.write(JSON.stringify(String.fromCharCode(byte)).slice(1, -1), at, 'latin1')
    }
    out[at++] = QUOTE
    this.at = at
  }

  #value(): boolean {
    const byte = this.#src[this.#from]
    if (byte === QUOTE) return this.#string()
    if (byte === OPEN) return this.#object(false)
    if (byte === OPEN_LIST) return this.#list()
    if (byte === 0x74 || byte === 0x6e) return this.#word(4)
    if (byte === 0x66) return this.#word(5)
    return this.#number()
  }
  /** true, null, false: by their length. */
  #word(length: number): boolean {
    for (let nth = 0; nth < length; nth++) this.out[this.at++] = this.#src[this.#from++] ?? 0
    return this.#from <= this.#end
  }
  /** Escapes of jsonb are those of JSON.stringify. @returns whether it ends */
  #string(): boolean {
    const [src, out, words, written] = [this.#src, this.out, this.#srcWords, this.#outWords]
    const end = this.#end
    const last = end - WORD
    let from = this.#from + 1
    let { at } = this
    out[at++] = QUOTE
    while (from < end) {
      while (from <= last) {
        const word = words.getInt32(from, true)
        if (hasEither(word)) break
        written.setInt32(at, word, true)
        from += WORD
        at += WORD
      }
      const byte = src[from++] ?? 0
      out[at++] = byte
      if (byte === BACKSLASH) out[at++] = src[from++] ?? 0
      else if (byte === QUOTE) {
        this.#from = from
        this.at = at
        return true
      }
    }
    return false
  }
  /** The same of a key, which is short. @returns a hash of it, null when it does not end */
  #key(): number | null {
    const { out } = this
    const src = this.#src
    const end = this.#end
    let from = this.#from + 1
    let { at } = this
    let hash = 0x811c9dc5
    out[at++] = QUOTE
    while (from < end) {
      const byte = src[from++] ?? 0
      out[at++] = byte
      hash = Math.imul(hash ^ byte, 0x01000193)
      if (byte === BACKSLASH) out[at++] = src[from++] ?? 0
      else if (byte === QUOTE) {
        this.#from = from
        this.at = at
        return hash
      }
    }
    return null
  }
  #number(): boolean {
    const begin = this.#from
    let isWhole = true
    for (; this.#from < this.#end; this.#from++) {
      const byte = this.#src[this.#from] ?? 0
      if (byte === COMMA || byte === CLOSE || byte === CLOSE_LIST) break
      if ((byte < 0x30 || byte > 0x39) && byte !== MINUS) isWhole = false
      this.out[this.at++] = byte
    }
    const length = this.#from - begin
    if (isWhole && length <= EXACT_DIGITS && this.#src[begin] !== MINUS) return length > 0
    this.at -= length
    const number = Number(this.out.toString('latin1', this.at, this.at + length))
    if (!Number.isFinite(number)) return false
    this.at += this.out.write(String(number), this.at, 'latin1')
    return true
  }
  #list(): boolean {
    this.out[this.at++] = OPEN_LIST
    this.#from++
    if (this.#src[this.#from] === CLOSE_LIST) return this.#put(CLOSE_LIST)
    for (;;) {
      if (!this.#value()) return false
      const byte = this.#src[this.#from]
      if (byte === CLOSE_LIST) return this.#put(CLOSE_LIST)
      if (byte !== COMMA || this.#src[this.#from + 1] !== SPACE) return false
      this.#put(COMMA)
      this.#from++
    }
  }
  #put(byte: number): true {
    this.out[this.at++] = byte
    this.#from++
    return true
  }
  #object(isOutermost: boolean): boolean {
    const begin = this.at
    const base = this.#marked
    this.#put(OPEN)
    const hash = this.#src[this.#from] === CLOSE ? 0 : this.#members()
    if (hash === null) return false
    this.#put(CLOSE)
    const isDone = this.#arrange(base, { begin, hash, isOutermost })
    this.#marked = base
    return isDone
  }
  /** Up to the end of the object. @returns a hash of the keys; null when this is no object of jsonb */
  #members(): number | null {
    let hash = 0
    for (;;) {
      const mark = this.#marked
      this.#marked += MARKS
      if (this.#marked > this.#marks.length) this.#moreMarks()
      this.#marks[mark] = this.at
      const key = this.#src[this.#from] === QUOTE ? this.#key() : null
      this.#marks[mark + 1] = this.at
      if (key === null || this.#src[this.#from] !== COLON || this.#src[this.#from + 1] !== SPACE) return null
      hash = Math.imul(hash ^ key, 0x01000193)
      this.#put(COLON)
      this.#from++
      if (!this.#value()) return null
      this.#marks[mark + 2] = this.at
      const byte = this.#src[this.#from]
      if (byte === CLOSE) return hash
      if (byte !== COMMA || this.#src[this.#from + 1] !== SPACE) return null
      this.#put(COMMA)
      this.#from++
    }
  }
  #moreMarks(): void {
    const more = new Int32Array(2 * this.#marks.length)
    more.set(this.#marks)
    this.#marks = more
  }

  /** Puts the members into the order of RFC 8785; jsonb has them by the length of their keys. */
  #arrange(base: number, of: { begin: number; hash: number; isOutermost: boolean }): boolean {
    const count = (this.#marked - base) / MARKS
    const order = this.#orders.get(of.hash) ?? this.#orderOf(base, count, of.hash)
    if (order.length !== count) return false
    if (!isInOrder(order)) this.#move(base, order, of.begin)
    if (of.isOutermost) this.keys = this.#lists.get(of.hash) ?? NO_KEYS
    return true
  }
  #move(base: number, order: readonly number[], begin: number): void {
    if (this.#spare.length < this.at + WORD) {
      this.#spare = Buffer.allocUnsafeSlow(this.out.length)
      this.#spareWords = wordsOf(this.#spare)
    }
    const [out, spare, marks] = [this.#outWords, this.#spareWords, this.#marks]
    let at = 0
    for (const member of order) {
      if (at > 0) spare.setUint8(at++, COMMA)
      const mark = base + member * MARKS
      const from = marks[mark] ?? 0
      const length = (marks[mark + 2] ?? 0) - from
      // Up to three bytes too many, which the next member overwrites.
      for (let nth = 0; nth < length; nth += WORD) spare.setInt32(at + nth, out.getInt32(from + nth, true), true)
      at += length
    }
    if (at > LONG) this.#spare.copy(this.out, begin + 1, 0, at)
    else {
      const end = out.getInt32(begin + 1 + at, true)
      for (let nth = 0; nth < at; nth += WORD) out.setInt32(begin + 1 + nth, spare.getInt32(nth, true), true)
      out.setInt32(begin + 1 + at, end, true) // what stands behind
    }
  }
  #orderOf(base: number, count: number, hash: number): readonly number[] {
    const texts = Array.from({ length: count }, (_, nth) =>
      this.out.toString('utf8', this.#marks[base + nth * MARKS], this.#marks[base + nth * MARKS + 1]),
    )
    const keys = texts.map((text) => String(JSON.parse(text)))
    // As strings compare: by UTF-16 code units.
    const order = [...keys.keys()].sort((a, b) => ((keys[a] ?? '') < (keys[b] ?? '') ? -1 : 1))
    if (this.#orders.size > MOST_ORDERS) {
      this.#orders.clear()
      this.#lists.clear()
    }
    this.#orders.set(hash, order)
    this.#lists.set(hash, new Words(Buffer.from(`[${order.map((nth) => texts[nth]).join(',')}]`)))
    return order
  }
}
function wordsOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
/** Whether one of the four bytes is a quote or a backslash; it may say so of three bytes behind one, too. */
function hasEither(word: number): boolean {
  const quote = word ^ 0x22222222
  const slash = word ^ 0x5c5c5c5c
  return ((((quote - 0x01010101) & ~quote) | ((slash - 0x01010101) & ~slash)) & 0x80808080) !== 0
}
function isInOrder(order: readonly number[]): boolean {
  for (let nth = 0; nth < order.length; nth++) if (order[nth] !== nth) return false
  return true
}
