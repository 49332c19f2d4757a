// The stream of live changes as a program reads it: one connection, its events in order.
import assert from 'node:assert/strict'

export interface Told {
  /** Null: read everything again. */
  changed?: [record: string, id: number][] | null
  /** At which records somebody came, left, began to write or stopped. */
  here?: [record: string, id: number][]
}
export interface EventStream {
  /** Waits for such an event; those before it are passed over. */
  until(isIt: (told: Told) => boolean | undefined): Promise<Told>
  close(): void
  /** Resolves when the server has ended it. */
  readonly ended: Promise<void>
}
const PATIENCE_MS = 30_000

export async function openStream(url: string, token: string): Promise<EventStream> {
  const stop = new AbortController()
  const answer = await fetch(`${url}/api/v1/events`, {
    headers: { authorization: `Bearer ${token}` },
    signal: stop.signal,
  })
  assert.equal(answer.status, 200)
  const heard: Told[] = []
  let wake = (): void => {}
  const ended = read(answer, (told) => {
    heard.push(told)
    wake()
  }).catch(() => {}) // closed here, or by the server: whoever waits hears that nothing came
  return {
    until: async (isIt) => {
      const late = AbortSignal.timeout(PATIENCE_MS)
      for (;;) {
        const found = heard.splice(0).find(isIt)
        if (found !== undefined) return found
        await new Promise<void>((resolve, reject) => {
          wake = resolve
          late.addEventListener('abort', () => reject(new Error('No such event came within 30 s.')), { once: true })
        })
      }
    },
    close: () => stop.abort(),
    ended,
  }
}
async function read(answer: Response, tell: (told: Told) => void): Promise<void> {
  let text = ''
  const decoder = new TextDecoder()
  for await (const chunk of answer.body ?? []) {
    text += decoder.decode(chunk, { stream: true })
    const events = text.split('\n\n')
    text = events.pop() ?? ''
    for (const event of events) if (event.startsWith('data: ')) tell(JSON.parse(event.slice(6)) as Told)
  }
}
