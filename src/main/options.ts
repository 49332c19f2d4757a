/** Options of a command: --name value, --flag, and the words between them. */
import { ConfigRefusal, readConfig } from '#platform/config.ts'
import type { Config } from '#platform/config.ts'

export interface Options {
  readonly words: readonly string[]
  readonly values: Readonly<Record<string, string>>
  readonly flags: ReadonlySet<string>
}
/** @throws wrong use (exit 2) for an option that the command does not know */
export function readOptions(
  words: readonly string[],
  known: { values?: readonly string[]; flags?: readonly string[] },
): Options {
  const values: Record<string, string> = {}
  const flags = new Set<string>()
  const rest: string[] = []
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? ''
    if (!word.startsWith('--')) {
      rest.push(word)
      continue
    }
    const [name = '', inline] = word.slice(2).split('=', 2)
    if (known.flags?.includes(name) || name === 'json') flags.add(name)
    else if (known.values?.includes(name)) values[name] = inline ?? words[++at] ?? ''
    else
      throw new ConfigRefusal([
        {
          where: `--${name}`,
          because: `This command does not know it. It takes: ${[...(known.values ?? []), ...(known.flags ?? []), 'json'].map((one) => `--${one}`).join(', ')}.`,
        },
      ])
    if (name in values && values[name] === '')
      throw new ConfigRefusal([{ where: `--${name}`, because: 'Its value is missing.' }])
  }
  return { words: rest, values, flags }
}
export function config(options: Options): Config {
  return readConfig(process.env, options.values['role'] === undefined ? {} : { role: options.values['role'] })
}
/** One line for people, or one JSON value for programs. */
export function tell(options: Options, line: string, value: unknown): void {
  console.log(options.flags.has('json') ? JSON.stringify(value) : line)
}
