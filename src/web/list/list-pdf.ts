// Asks for a list as a PDF and hands it over as a file: it takes a moment, and may be refused with a sentence.
import { Problem, type ProblemBody } from '../data/problem.ts'
import { attempt } from '../data/writes.ts'
import { askedLanguage } from '../messages/language.ts'
import { messages } from '../messages/messages.ts'
import { say } from '../ui/toast.tsx'

/** @param address of the export, with the view */
export async function loadPdf(address: string): Promise<void> {
  say(messages.list.pdfComes)
  await attempt(async () => {
    const answer = await fetch(address, { headers: { 'accept-language': askedLanguage() }, credentials: 'same-origin' })
    // A refusal has the problem shape.
    if (!answer.ok) throw new Problem(answer.status, (await answer.json()) as ProblemBody)
    const name = /filename="([^"]+)"/.exec(answer.headers.get('content-disposition') ?? '')?.[1] ?? 'list.pdf'
    save(await answer.blob(), name)
  })
}

const keptMs = 60_000
function save(file: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), keptMs)
}
