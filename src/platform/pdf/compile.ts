/** A process of its own that makes one PDF: the page as JSON on standard input, the PDF on standard output. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { BINDING } from './binding.ts'

/** What of the binding is used; it brings no types of its own. */
interface Compiled {
  readonly result: object | null
  takeDiagnostics(): { readonly shortDiagnostics: readonly unknown[] } | null
}
interface Compiler {
  compile(of: { mainFileContent: string; inputs: Readonly<Record<string, string>> }): Compiled
  pdf(document: object): Uint8Array
}
interface Binding {
  readonly NodeCompiler: { create(of: { workspace: string }): Compiler }
}

const chunks: Buffer[] = []
for await (const chunk of process.stdin) chunks.push(chunk as Buffer)
const data = Buffer.concat(chunks).toString()
const { NodeCompiler } = createRequire(import.meta.url)(BINDING) as Binding
// Its workspace is this folder: the template reads no file, and nothing above could be reached.
const compiler = NodeCompiler.create({ workspace: import.meta.dirname })
const template = readFileSync(path.join(import.meta.dirname, 'report.typ'), 'utf8')
const compiled = compiler.compile({ mainFileContent: template, inputs: { page: data } })
if (compiled.result === null) {
  console.error(JSON.stringify(compiled.takeDiagnostics()?.shortDiagnostics ?? []))
  process.exit(1)
}
process.stdout.write(compiler.pdf(compiled.result))
