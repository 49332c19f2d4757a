// `pilothouse <command> --help`: every command says how it is used, and names every option that it takes.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { describe, it } from 'node:test'
import { ConfigRefusal } from '#platform/config.ts'
import { commands } from '../../src/main/commands.ts'
import { HELP, helpOf } from '../../src/main/help.ts'

const main = path.join(import.meta.dirname, '../../src/main.ts')

describe('the help of commands', () => {
  for (const command of commands)
    it(`names every option of ${command.name}, and no other`, async () => {
      const refusal: unknown = await command.run(['--no-such-option']).catch((error: unknown) => error)
      assert.ok(refusal instanceof ConfigRefusal, String(refusal))
      const taken = (/It takes: (.*)\./.exec(refusal.message)?.[1] ?? '').split(', ').toSorted()
      const text = helpOf(command)
      const named = [...text.matchAll(/^ {2}(--[\w-]+)/gm)].map(([, option = '']) => option).toSorted()
      assert.deepEqual(named, taken)
      assert.ok(text.includes(`Example: pilothouse ${command.name}`))
      const used = HELP[command.name]?.example.match(/(?<= )--[\w-]+/g) ?? []
      assert.deepEqual(used.filter((option) => !taken.includes(option)), []) // oxfmt-ignore
    })

  it('is printed, and nothing else is done', () => {
    for (const words of [
      ['export', '--help'],
      ['backup', 'prove', '-h'],
      ['restore', 'some.backup', '--replace', '--help'],
    ]) {
      // oxfmt-ignore
      const ran = spawnSync(process.execPath, [main, ...words], { encoding: 'utf8' })
      assert.deepEqual([ran.status, ran.stderr.replace(/.*Warning.*\n.*\n/g, '')], [0, ''])
      assert.match(ran.stdout, new RegExp(`^pilothouse ${words[0]} `))
    }
  })
})
