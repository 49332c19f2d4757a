// A refusal of the server (RFC 9457 problem+json) as an error whose message is for the person at the screen.

export interface ProblemBody {
  type?: string
  title?: string
  status?: number
  detail?: string
  /** `at` and `length`: the characters of a filter that could not be read. */
  errors?: { pointer?: string; detail: string; at?: number; length?: number }[]
  current?: unknown
  request?: string
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

  /** The mistake in a filter text: its place and the sentence about it; null when this is another refusal. */
  get mistake(): { at: number; length: number; because: string } | null {
    const placed = this.body.errors?.find((error) => error.pointer === '/filter')
    return placed?.at === undefined ? null : { at: placed.at, length: placed.length ?? 1, because: placed.detail }
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
