/** Where a text stops being JSON (RFC 8259). The engine's own message names a place only sometimes, and shows what was sent. */

export interface TextPlace {
  /** Both from 1; a column is a character of UTF-16. */
  readonly line: number
  readonly column: number
}

/** The first character that fits no more, or the end where something is missing; null for JSON. A leading byte order mark has no say. */
export function jsonFault(text: string): TextPlace | null {
  const scan = new Scan(text)
  const at = scan.fault()
  if (at === null) return null
  const before = text.slice(0, at)
  return { line: before.split('\n').length, column: at - before.lastIndexOf('\n') }
}

const BLANK = /[ \t\r\n]*/y
const PLAIN = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\d.\w])/y
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*/y

class Scan {
  readonly #text: string
  #at: number
  constructor(text: string) {
    this.#text = text
    this.#at = text.startsWith('\ufeff') ? 1 : 0
  }

  /** Walks with a stack of its own: what is nested very deeply must not end the call stack. */
  fault(): number | null {
    const open: string[] = []
    while (this.#value(open)) {
      // A value is complete: what it ends, and whether another follows.
      while (this.#closes(open.at(-1))) open.pop()
      const sign = this.#next()
      if (open.length === 0) return sign === '' ? null : this.#at
      if (sign !== ',') return this.#at
      this.#at++
      if (open.at(-1) === '{' && !this.#name()) return this.#at
    }
    return this.#at
  }
  /** Goes into what is opened, as far as a value that is whole; false where none is. */
  #value(open: string[]): boolean {
    for (;;) {
      const sign = this.#next()
      if (sign !== '{' && sign !== '[') return sign === '"' ? this.#string() : this.#skip(PLAIN)
      this.#at++
      if (this.#closes(sign)) return true
      open.push(sign)
      if (sign === '{' && !this.#name()) return false
    }
  }
  #closes(sign: string | undefined): boolean {
    const isClosed = sign !== undefined && this.#next() === (sign === '{' ? '}' : ']')
    if (isClosed) this.#at++
    return isClosed
  }
  #next(): string {
    this.#skip(BLANK)
    return this.#text[this.#at] ?? ''
  }
  #name(): boolean {
    this.#skip(BLANK)
    if (!this.#string() || this.#next() !== ':') return false
    this.#at++
    return true
  }
  #string(): boolean {
    if (!this.#skip(STRING) || this.#text[this.#at] !== '"') return false
    this.#at++
    return true
  }
  #skip(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at
    const isThere = pattern.test(this.#text)
    if (isThere) this.#at = pattern.lastIndex
    return isThere
  }
}
