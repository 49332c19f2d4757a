// A refusal of the server (RFC 9457 problem+json) as an error whose message is for the person at the screen.

export interface ProblemBody {
  type?: string
  title?: string
  status?: number
  detail?: string
  errors?: { pointer?: string; detail: string; position?: number }[]
  current?: unknown
  request?: string
  /** Character offset in the filter, where the filter could not be read. */
  position?: number
}

export class Problem extends Error {
  readonly status: number
  readonly body: ProblemBody

  constructor(status: number, body: ProblemBody) {
    super(body.detail ?? body.title ?? `The server answered ${status}.`)
    this.status = status
    this.body = body
  }

  /** What is wrong with each field, by field name; the pointer `/custom/x` counts as `x`. */
  get byField(): Record<string, string> {
    const found: Record<string, string> = {}
    for (const error of this.body.errors ?? []) {
      const field = (error.pointer ?? '').split('/').filter((part) => part !== '' && part !== 'custom')[0]
      if (field !== undefined) found[field] = error.detail
    }
    return found
  }

  /** The mistake in a filter text: its offset and the sentence about it; null when this is another refusal. */
  get mistake(): { at: number; because: string } | null {
    if (this.body.position !== undefined) return { at: this.body.position, because: this.message }
    const placed = this.body.errors?.find((error) => error.pointer === '/filter')?.detail
    if (!placed?.startsWith('{')) return null
    // The filter's refusal carries its place as JSON in the detail.
    const { at, because } = JSON.parse(placed) as { at: number; because: string }
    return { at, because }
  }
}

/** The sentence to show for anything that was thrown. */
export function sentenceOf(error: unknown): string {
  if (error instanceof Problem) {
    const placed = Object.values(error.byField)
    return placed.length > 0 && !error.body.detail ? placed.join(' ') : error.message
  }
  return error instanceof Error ? error.message : String(error)
}
