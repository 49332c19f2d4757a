// Writing: every write says what it did, offers Undo for ten seconds and refreshes what it touched.
import { messages } from '../messages/messages.ts'
import { complain, say } from '../ui/toast.tsx'
import { call, type Answer, type Call } from './http.ts'
import { sentenceOf } from './problem.ts'
import { queryClient } from './queries.ts'

/** Refreshes everything that may show this kind of record. */
export function refresh(plural: string): void {
  for (const key of ['row', 'rows', 'some', 'on'])
    void queryClient.invalidateQueries({ queryKey: key === 'on' ? ['on'] : [key, plural] })
}

/** Sends a write; `done` is the sentence for the toast, or makes it of the answer. @throws Problem */
export async function write<T>(
  plural: string,
  path: string,
  options: Call,
  done: string | ((body: T) => string),
): Promise<Answer<T>> {
  const answer = await call<T>(path, options)
  const { request } = answer
  refresh(plural)
  say(
    typeof done === 'string' ? done : done(answer.body),
    request === null ? undefined : () => void undo(plural, request),
  )
  return answer
}

/** Undoes every write of one request. */
export async function undo(plural: string, request: string): Promise<void> {
  await attempt(async () => {
    await call('/undo', { method: 'POST', body: { request } })
    refresh(plural)
    say(messages.record.undone)
  })
}

/** Runs a write whose refusal has no better place than a toast. Answers whether it went well. */
export async function attempt(run: () => Promise<unknown>): Promise<boolean> {
  try {
    await run()
    return true
  } catch (error) {
    complain(sentenceOf(error))
    return false
  }
}
