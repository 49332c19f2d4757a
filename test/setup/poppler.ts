// Reads PDFs with poppler, which is installed where it is missing and can be.
import { spawnSync } from 'node:child_process'
import { installPackage } from './apt.ts'

const isThere = (): boolean => spawnSync('pdftotext', ['-v']).error === undefined
let has: Promise<boolean> | null = null

export function hasPoppler(): Promise<boolean> {
  has ??= (async () => isThere() || ((await installPackage('poppler-utils', console.log)) && isThere()))()
  return has
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
