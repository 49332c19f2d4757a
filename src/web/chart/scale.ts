// Scales of our own charts: round ticks, and a value's place between two ends.

/** Round numbers from at most `low` to at least `high`, about `wanted` of them. Equal ends give a span of one around them. */
export function ticks(low: number, high: number, wanted = 4): number[] {
  const span = high - low > 0 ? high - low : Math.max(1, Math.abs(high) / 10)
  const rough = span / Math.max(1, wanted)
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 5, 10].find((one) => one * power >= rough) ?? 10) * power
  const first = Math.floor(low / step)
  const last = Math.max(first + 1, Math.ceil((low + span) / step))
  return Array.from({ length: last - first + 1 }, (_, at) => Number(((first + at) * step).toFixed(10)))
}

/** 0 at `low`, 1 at `high`; in the middle when both are the same. */
export function share(value: number, low: number, high: number): number {
  return high === low ? 0.5 : (value - low) / (high - low)
}
