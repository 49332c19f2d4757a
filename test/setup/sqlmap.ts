// sqlmap against one address: what it is given, what it tried, and whether it got in.
import { spawn } from 'node:child_process'

/** One request that the product answers, and the places of it that sqlmap has to try. */
export interface Attack {
  readonly name: string
  /** From the root. A star marks a place that is no parameter, such as an id of the path. */
  readonly path: string
  readonly method?: 'POST' | 'PATCH' | 'PUT'
  /** Sent as JSON; each text and number of it is tried. */
  readonly body?: Readonly<Record<string, unknown>>
  /** Besides the session; a star marks the place. */
  readonly headers?: Readonly<Record<string, string>>
  /** The places as sqlmap calls them: "filter", "JSON subject", "If-Match #1*". */
  readonly places: readonly string[]
}
export interface Outcome {
  /** Places that it tried and found shut. */
  readonly shut: readonly string[]
  readonly isIn: boolean
  /** Statuses of refusals that it met: how often each. */
  readonly refused: ReadonlyMap<number, number>
  readonly said: string
}
/** Level 3 of 5: every parameter, cookies, User-Agent and Referer; boolean, error-based and UNION. */
const FLAGS = ['--batch', '--level', '3', '--risk', '1', '--technique=BEU', '--ignore-code=*', '--dbms=postgresql', '--flush-session', '--disable-coloring', '--threads', '4'] // oxfmt-ignore
// "appears to be injectable" comes first, and is followed by a check whether that was an error of its own.
const IN = /is vulnerable|identified the following injection point/
const SHUT = /parameter '([^']+)' does not seem to be injectable/g

/** @param at.folder where it keeps its findings; `session`, when given, is sent with each request */
export async function attackWith(
  at: { readonly url: string; readonly folder: string; readonly session?: string },
  attack: Attack,
): Promise<Outcome> {
  const headers = { ...(at.session === undefined ? {} : { Cookie: `pilothouse=${at.session}` }), ...attack.headers }
  const lines = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`])
  const sent =
    attack.body === undefined
      ? []
      : ['--data', JSON.stringify(attack.body), '-H', 'Content-Type: application/json', '--method', attack.method ?? 'POST'] // oxfmt-ignore
  const said = await ran('sqlmap', ['-u', `${at.url}${attack.path}`, ...FLAGS, '--output-dir', at.folder, ...lines, ...sent], at.folder) // oxfmt-ignore
  return {
    shut: [...said.matchAll(SHUT)].map(([, place = '']) => place),
    isIn: IN.test(said),
    refused: new Map([...said.matchAll(/(\d{3}) \([A-Z][\w '-]+\) - (\d+) times/g)].map(([, status, times]) => [Number(status), Number(times)])), // oxfmt-ignore
    said,
  }
}

/** All that the program wrote. Findings go below `folder`, which is its home, too. */
export function ran(program: string, args: readonly string[], folder: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: folder, env: { ...process.env, HOME: folder } })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (said += part.toString()))
    child.on('error', reject).on('close', () => resolve(said))
  })
}
