/** `user add` and `token create`. */
import { createInterface } from 'node:readline'
import { system } from '#kit/actor.ts'
import { newToken } from '#kit/routes/tokens.ts'
import { firstAdministrator } from '#kit/routes/sign-in.ts'
import { hashPassword } from '#kit/sign-in/password.ts'
import { passwordProblem } from '#kit/sign-in/password-rules.ts'
import { run, sql } from '#kit/sql.ts'
import { ConfigRefusal } from '#platform/config.ts'
import { openLog } from '#platform/log.ts'
import { keepArchive } from './archive/keeper.ts'
import { archiveOf } from './archive/settings.ts'
import type { Installation } from './installation.ts'
import { openInstallation } from './installation.ts'
import type { Options } from './options.ts'
import { config, readOptions, tell } from './options.ts'

const ROLES = ['administrator', 'manager', 'lead', 'agent', 'requester', 'officer', 'auditor']

/** Opens the installation for one command and closes it after. */
export async function withInstallation<T>(options: Options, work: (of: Installation) => Promise<T>): Promise<T> {
  openLog({ level: 'silent' })
  const installation = await openInstallation(config(options), () => {})
  const archive = archiveOf(installation.config, installation.backupDoor)
  const keeper = archive === null ? null : keepArchive(archive, { cutMs: null })
  try {
    return await work(installation)
  } finally {
    await keeper?.stop()
    await installation.close()
  }
}

export async function userAdd(words: readonly string[]): Promise<number> {
  const options = readOptions(words, {
    values: ['email', 'name', 'role', 'organisation', 'time-zone'],
    flags: ['password-stdin'],
  })
  const { email, role = 'requester' } = options.values
  if (email === undefined || !options.flags.has('password-stdin'))
    throw new ConfigRefusal([
      { where: 'user add', because: 'Give --email and --password-stdin, and pass the password on standard input.' },
    ])
  if (!ROLES.includes(role))
    throw new ConfigRefusal([{ where: '--role', because: `Choose one of: ${ROLES.join(', ')}.` }])
  const password = await firstLine()
  const because = passwordProblem(password, [email, options.values['name'] ?? '', options.values['organisation'] ?? ''])
  if (because !== null) throw new Error(`The password is refused. ${because}`)
  const { role: _, ...values } = options.values
  return withInstallation({ ...options, values }, async (of) => {
    const person = await addUser(of, {
      email,
      role,
      password,
      name: options.values['name'] ?? email,
      organisation: options.values['organisation'] ?? 'My organisation',
      timeZone: options.values['time-zone'] ?? 'UTC',
    })
    tell(options, `${email} can sign in as ${role}.`, { person, email, role })
    return 0
  })
}
interface NewUser {
  readonly email: string
  readonly role: string
  readonly password: string
  readonly name: string
  readonly organisation: string
  readonly timeZone: string
}
async function addUser(of: Installation, said: NewUser): Promise<number> {
  const request = `cli-${crypto.randomUUID()}`
  const orgs = await run(of.db, sql`select 1 from organisation where id = 1`)
  if (orgs.length === 0 && said.role === 'administrator')
    return (await firstAdministrator(of.store, request, said)).person
  if (orgs.length === 0)
    throw new Error(
      'There is no organisation yet. Add the first administrator with --role administrator, or open the set-up link that `start` prints.',
    )
  const password = await hashPassword(said.password)
  return of.store.transaction(system(1, request, 'cli'), async (unit) => {
    const known = await run<{ id: number }>(
      unit.on,
      sql`select id from person where org = 1 and lower(email) = lower(${said.email}) and binned_at is null`,
    )
    const id =
      known[0]?.id ??
      (
        await of.store.create(
          system(1, request, 'cli'),
          of.catalogue.get('person'),
          { name: said.name, email: said.email },
          { unit },
        )
      ).id
    await run(
      unit.on,
      sql`insert into credential (org, person, email, password) values (1, ${id}, ${said.email}, ${password}) on conflict (org, person) do update set password = excluded.password, email = excluded.email`,
    )
    await run(
      unit.on,
      sql`insert into role_grant (org, person, role) values (1, ${id}, ${said.role}) on conflict do nothing`,
    )
    return id
  })
}

/** Prints the token alone, so that a script can take it. */
export async function tokenCreate(words: readonly string[]): Promise<number> {
  const options = readOptions(words, { values: ['email', 'name', 'days'] })
  const { email, days = '90', name = 'command line' } = options.values
  if (email === undefined || !/^\d{1,3}$/.test(days) || Number(days) < 1 || Number(days) > 366)
    throw new ConfigRefusal([{ where: 'token create', because: 'Give --email, and --days as a number from 1 to 366.' }])
  return withInstallation(options, async (of) => {
    const rows = await run<{ org: number; person: number }>(
      of.db,
      sql`select org, person from credential where lower(email) = lower(${email})`,
    )
    const who = rows[0]
    if (who === undefined)
      throw new Error(
        `Nobody signs in with ${email}. Add them with: pilothouse user add --email ${email} --role agent --password-stdin`,
      )
    const made = await newToken(of.store, who, { name, days: Number(days) })
    tell(options, made.token, made)
    return 0
  })
}
async function firstLine(): Promise<string> {
  for await (const line of createInterface({ input: process.stdin })) return line
  return ''
}
