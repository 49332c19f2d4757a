// Asks for a list as a PDF and hands it over as a file: it takes a moment, and may be refused with a sentence.
import { readFile } from '../data/http.ts'
import { messages } from '../messages/messages.ts'
import { say } from '../ui/toast.tsx'

/** @param path of the export below the API, with the view. @throws Problem */
export async function loadPdf(path: string): Promise<void> {
  say(messages.list.pdfComes)
  const { file, name } = await readFile(path)
  save(file, name || 'list.pdf')
}

const keptMs = 60_000
function save(file: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), keptMs)
}
