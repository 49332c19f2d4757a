// Reads PDFs with poppler, which is installed where it is missing and can be.
import { spawnSync } from 'node:child_process'
import { openPdfPrinter } from '#platform/pdf/print.ts'
import { installPackage } from './apt.ts'
import { unlessMissing } from './peers.ts'

const isThere = (): boolean => spawnSync('pdftotext', ['-v']).error === undefined
let has: Promise<boolean> | null = null

/** @throws where CI is set and it is missing */
export function hasPoppler(): Promise<boolean> {
  has ??= (async () => {
    const found = isThere() || ((await installPackage('poppler-utils', console.log)) && isThere())
    return (
      unlessMissing(found ? null : 'needs poppler, which is not installed: apt-get install poppler-utils') === false
    )
  })()
  return has
}
/** @returns why this machine has no Typst, which is an optional package of npm, or null */
export function pdfPrinterMissing(): string | null {
  return openPdfPrinter().isThere
    ? null
    : 'needs Typst, an optional package that npm did not install: npm install --include=optional'
}
/** @param program one of poppler's, such as pdfinfo */
export function tellOfPdf(program: 'pdftotext' | 'pdfinfo', pdf: Uint8Array, options: readonly string[] = []): string {
  const ran = spawnSync(program, [...options, '-', ...(program === 'pdftotext' ? ['-'] : [])], { input: pdf, encoding: 'utf8' }) // oxfmt-ignore
  if (ran.status !== 0) throw new Error(`${program} ended with ${ran.status}: ${ran.stderr}`)
  return ran.stdout
}
/** Null where there is no poppler. */
export async function wordsOfPdf(pdf: Uint8Array): Promise<string | null> {
  return (await hasPoppler()) ? tellOfPdf('pdftotext', pdf) : null
}
