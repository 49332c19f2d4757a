/** The commands of the command line. */
import { start } from './start.ts'
import { tokenCreate, userAdd } from './accounts.ts'

export interface Command {
  readonly name: string
  readonly about: string
  /** @returns the exit code */
  readonly run: (words: readonly string[]) => Promise<number>
}

export const commands: readonly Command[] = [
  { name: 'start', about: 'Start the server (--demo: with the demonstration company).', run: start },
  { name: 'user add', about: 'Add a person who signs in: --email … --name … --role … --password-stdin', run: userAdd },
  { name: 'token create', about: 'Make an API token and print it: --email … [--name …] [--days 365]', run: tokenCreate },
]
