// Runs one of the checking tools; it counts as one test. What it says is shown when it fails.
import { spawn } from 'node:child_process'
import path from 'node:path'
import type { Outcome } from './test-files.ts'

/** @param tool a program of node_modules/.bin. */
export async function runTool(tool: string, args: readonly string[]): Promise<Outcome> {
  const program = path.join('node_modules', '.bin', tool)
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const said: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => said.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk))
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  if (code === 0) return { passed: 1, failed: 0, skips: [], failures: [], failedFiles: [] }
  console.log(Buffer.concat(said).toString())
  console.log(`  ✖ ${tool} ${args.join(' ')} ended with ${code}`)
  return { passed: 0, failed: 1, skips: [], failures: [`${tool} ${args.join(' ')}`], failedFiles: [] }
}
