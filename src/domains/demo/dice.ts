/** Chance from a seed: the same seed throws the same dice, so that a demonstration can be told twice. */

/** sfc32 by Chris Doty-Humphrey (PractRand): small, fast, passes its own battery. */
export class Dice {
  readonly #seed: string
  #a: number
  #b: number
  #c: number
  #d = 1
  #spare: number | null = null

  constructor(seed: string) {
    this.#seed = seed
    ;[this.#a, this.#b, this.#c] = [mixed(seed, 1), mixed(seed, 2), mixed(seed, 3)]
    for (let round = 0; round < 12; round++) this.bits()
  }
  /** Other dice of the same seed; throwing one does not move the other. */
  named(name: string): Dice {
    return new Dice(`${this.#seed}/${name}`)
  }
  /** 32 bits. */
  bits(): number {
    const sum = (this.#a + this.#b + this.#d) | 0
    this.#d = (this.#d + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0
    return sum >>> 0
  }
  /** From 0 (included) to 1 (not). */
  next(): number {
    return this.bits() / 4_294_967_296
  }
  /** A whole number, both ends included. */
  int(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1))
  }
  isLucky(chance: number): boolean {
    return this.next() < chance
  }
  /** @throws RangeError when there is nothing to pick. */
  pick<T>(list: readonly T[]): T {
    const found = list[Math.floor(this.next() * list.length)]
    if (found === undefined) throw new RangeError('Nothing to pick from an empty list.')
    return found
  }
  normal(): number {
    const spare = this.#spare
    this.#spare = null
    if (spare !== null) return spare
    const radius = Math.sqrt(-2 * Math.log(1 - this.next()))
    const angle = 2 * Math.PI * this.next()
    this.#spare = radius * Math.sin(angle)
    return radius * Math.cos(angle)
  }
  /** Half of the values lie below the median; the larger sigma, the longer the tail. */
  logNormal(median: number, sigma: number): number {
    return median * Math.exp(sigma * this.normal())
  }
}

/** Things with weights, drawn in the time of a binary search. */
export class Urn<T> {
  readonly #things: readonly T[]
  readonly #sums: Float64Array
  constructor(things: readonly T[], weightOf: (thing: T, index: number) => number) {
    this.#things = things
    let sum = 0
    this.#sums = Float64Array.from(things, (thing, index) => (sum += weightOf(thing, index)))
  }
  get isEmpty(): boolean {
    return this.#things.length === 0
  }
  /** @throws RangeError when it is empty. */
  draw(dice: Dice): T {
    const wanted = dice.next() * (this.#sums.at(-1) ?? 0)
    let low = 0
    let high = this.#sums.length - 1
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#sums[middle] ?? 0) > wanted) high = middle
      else low = middle + 1
    }
    const found = this.#things[low]
    if (found === undefined) throw new RangeError('The urn is empty.')
    return found
  }
}

/** FNV-1a with a final mix; one number for a text and a part. */
function mixed(text: string, part: number): number {
  let hash = 2_166_136_261 ^ part
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 16_777_619)
  hash = Math.imul(hash ^ (hash >>> 16), 2_246_822_507)
  return (hash ^ (hash >>> 13)) | 0
}
