// The only place that reads the machine's clock. Everything else gets the time as an argument.

/** This instant, in the shape in which instants travel: `2026-01-01T00:00:00.000Z`. */
export function now(): string {
  return new Date().toISOString()
}
