/** The command line: `pilothouse <command>`. Exit 0 done, 1 refused with a reason, 2 wrong use. */
import { commands } from './main/commands.ts'
import { helpOf } from './main/help.ts'
import { ConfigRefusal } from '#platform/config.ts'

process.exitCode = await main(process.argv.slice(2))

async function main(words: readonly string[]): Promise<number> {
  const command = commands.find(({ name }) => name === words.slice(0, name.split(' ').length).join(' '))
  if (command === undefined) {
    const wanted = words.length === 0 || words[0] === 'help' || words[0] === '--help'
    console.log(usage())
    if (!wanted) console.error(`\n"${words.join(' ')}" is no command.`)
    return wanted ? 0 : 2
  }
  const rest = words.slice(command.name.split(' ').length)
  if (rest.includes('--help') || rest.includes('-h')) {
    console.log(helpOf(command))
    return 0
  }
  try {
    return await command.run(rest)
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error))
    if (process.env['PILOTHOUSE_DEBUG'] !== undefined) console.error(error)
    return error instanceof ConfigRefusal ? 2 : 1
  }
}
function usage(): string {
  return [
    'pilothouse <command> [options]',
    '',
    ...commands.map(({ name, about }) => `  ${name.padEnd(20)} ${about}`),
    '',
    'Every command takes --json for output that programs read, and --help.',
  ].join('\n')
}
