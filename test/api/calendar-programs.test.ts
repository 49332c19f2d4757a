// Real calendar programs read a feed: vdirsyncer fetches it, khal tells the times of somebody in Berlin, across a change of the clocks.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { promisify } from 'node:util'
import { instant, text } from '#kit/field.ts'
import { record } from '#kit/record.ts'
import { installPackage } from '../setup/apt.ts'
import { startTestServer, type TestServer } from '../setup/server.ts'
import { unlessMissing } from '../setup/peers.ts'

const run = promisify(execFile)
const drill = record('drill', {
  about: 'An exercise at a time.',
  number: 'DRL',
  fields: { name: text(), at: instant() },
  list: ['name', 'at'],
  dated: { from: 'at' },
  can: { read: ['everyone'], create: ['manager'], update: ['manager'] },
})
const programs = ['vdirsyncer', 'khal']
const missing = unlessMissing(await missingProgram())

async function missingProgram(): Promise<string | null> {
  for (const name of programs)
    if (!existsSync(`/usr/bin/${name}`) && !(await installPackage(name, console.log)))
      return `needs ${name}, which is not installed: apt-get install ${name}`
  return null
}
/** The next last Sunday of March, YYYY-MM-DD: the day on which clocks of Berlin go from 2 to 3. */
function clocksForward(): string {
  const now = Temporal.Now.plainDateISO()
  const years = [now.year, now.year + 1].map((year) => {
    const last = Temporal.PlainDate.from({ year, month: 3, day: 31 })
    return last.subtract({ days: last.dayOfWeek % 7 })
  })
  return String(years.find((one) => Temporal.PlainDate.compare(one, now) > 0))
}

describe('calendar programs', { skip: missing }, () => {
  let server: TestServer
  let folder: string
  before(async () => {
    server = await startTestServer({ records: [drill] })
    folder = mkdtempSync(path.join(tmpdir(), 'pilothouse-calendar-'))
  })
  after(() => rmSync(folder, { recursive: true, force: true }))

  async function create(plural: string, body: object): Promise<string> {
    const made = await server.call('POST', `/${plural}`, { token: server.people.manager.token, body })
    assert.equal(made.status, 201, made.text)
    return (made.body as { id: number; address: string }).address
  }
  async function fetched(address: string): Promise<void> {
    const local = new URL(new URL(address).pathname, server.url).href
    const config = path.join(folder, 'vdirsyncer')
    writeFileSync(
      config,
      `[general]\nstatus_path = "${folder}/status/"\n[pair feed]\na = "remote"\nb = "local"\ncollections = null\nconflict_resolution = "a wins"\n[storage remote]\ntype = "http"\nurl = "${local}"\n[storage local]\ntype = "filesystem"\npath = "${folder}/events/"\nfileext = ".ics"\n`,
    )
    mkdirSync(path.join(folder, 'events'), { recursive: true })
    for (const words of [
      ['discover', 'feed'],
      ['sync', 'feed'],
    ])
      await run('/usr/bin/vdirsyncer', ['-c', config, ...words], { timeout: 120_000 })
  }
  async function told(first: string, last: string): Promise<string[]> {
    const config = path.join(folder, 'khal')
    writeFileSync(
      config,
      `[calendars]\n[[feed]]\npath = ${folder}/events\n[locale]\nlocal_timezone = Europe/Berlin\ndefault_timezone = Europe/Berlin\ntimeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\ndatetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n[sqlite]\npath = ${folder}/khal.db\n`,
    )
    const words = ['--format', '{start} to {end} {title}', '--day-format', '', first, last]
    const env = { ...process.env, HOME: folder, LC_ALL: 'C.UTF-8', LANG: 'C.UTF-8' }
    const { stdout } = await run('/usr/bin/khal', ['-c', config, 'list', ...words], { timeout: 120_000, env })
    return stdout.split('\n').filter((line) => line !== '')
  }

  it('tell every time as its place has it, before and after the clocks go forward', async () => {
    const sunday = clocksForward()
    const next = Temporal.PlainDate.from(sunday).add({ days: 1 }).toString()
    await create('drills', { name: 'Before', at: `${sunday}T00:30:00Z` })
    await create('drills', { name: 'Across', at: `${sunday}T01:15:00Z` })
    await create('drills', { name: 'After', at: `${sunday}T08:00:00Z` })
    await create('tasks', { subject: 'Übung: „Feuer“ 🔥, Halle 3', dueOn: sunday })
    await create('absences', { person: server.people.agent.id, firstDay: sunday, lastDay: next })
    await fetched(await create('calendar-feeds', { name: 'All', parts: ['drill', 'task', 'absence'].map((one) => ({ record: one })) })) // oxfmt-ignore
    const lines = await told(sunday, next)
    for (const expected of [
      `${sunday} 01:00 to ${sunday} 01:30 Before (Drill, due)`,
      `${sunday} 01:45 to ${sunday} 03:15 Across (Drill, due)`,
      `${sunday} 09:30 to ${sunday} 10:00 After (Drill, due)`,
      `${sunday} to ${sunday} Übung: „Feuer“ 🔥, Halle 3 (Task)`,
      `${sunday} to ${next} agent of 1 (Absence)`,
    ])
      assert.ok(lines.includes(expected), `${expected}\nis not in\n${lines.join('\n')}`)
  })

  it('follow a change and a removal', async () => {
    const sunday = clocksForward()
    const { token } = server.people.manager
    const { items } = (await server.call('GET', '/drills', { token })).body as { items: { id: number; name: string }[] }
    const moved = items.find((one) => one.name === 'After')
    const gone = items.find((one) => one.name === 'Before')
    const headers = { 'if-match': '1' }
    const at = `${sunday}T12:00:00Z`
    const change = await server.call('PATCH', `/drills/${moved?.id}`, { token, headers, body: { at } })
    assert.equal(change.status, 200, change.text)
    const bin = await server.call('DELETE', `/drills/${gone?.id}`, { token, headers })
    assert.ok(bin.status < 300, bin.text)
    await fetched(await create('calendar-feeds', { name: 'Again', parts: [{ record: 'drill' }] }))
    const lines = await told(sunday, sunday)
    assert.ok(
      lines.some((line) => line.startsWith(`${sunday} 13:30`) && line.includes('After')),
      lines.join('\n'),
    )
    assert.ok(!lines.some((line) => line.includes('Before')), lines.join('\n'))
  })
})
