/** The four people as whom one can sign in, and the roles of everybody in information systems. */
import { randomInt } from 'node:crypto'
import type { Tx } from '#kit/database.ts'
import { BESIDE } from '#kit/demo-beside.ts'
import type { Role } from '#kit/record.ts'
import { hashPassword } from '#kit/sign-in/password.ts'
import type { Cast, Employee } from './cast.ts'

export interface Login {
  readonly name: string
  readonly email: string
  readonly password: string
  readonly roles: readonly Role[]
}

/** Passwords are made at random each time: a known one would be a default account. */
export async function makeLogins(tx: Tx, org: number, cast: Cast): Promise<Login[]> {
  const desk = cast.crews.get('Service desk')
  const requester = cast.everybody.find(
    (one) => one.audience === 'finance' && one.untilMs === Infinity && !/^(Chief|Head)/.test(one.jobTitle),
  )
  const wanted: readonly (readonly [Employee | undefined, readonly Role[]])[] = [
    [cast.manager, ['administrator', 'manager']],
    [desk?.lead, ['lead', 'agent']],
    [desk?.members[1], ['agent']],
    [requester, ['requester']],
  ]
  const logins: Login[] = []
  for (const [person, roles] of wanted) {
    if (person === undefined) continue
    // Beside one's own data nobody signs in to it: there is no account that somebody could find.
    if (org === BESIDE) continue
    const login = { name: person.ref.title, email: person.email, password: newPassword(), roles }
    await tx.query('insert into credential (org, person, email, password) values ($1, $2, $3, $4)', [
      org,
      person.ref.id,
      login.email,
      await hashPassword(login.password),
    ])
    logins.push(login)
  }
  await tx.copyFrom(
    'role_grant',
    ['org', 'person', 'role'],
    grants(
      org,
      cast,
      new Map(wanted.flatMap(([person, roles]) => (person === undefined ? [] : [[person, roles] as const]))),
    ),
  )
  return logins
}

function grants(org: number, cast: Cast, wanted: ReadonlyMap<Employee, readonly Role[]>): (readonly unknown[])[] {
  const roles = new Map<Employee, readonly Role[]>(cast.officers.map((officer) => [officer, ['officer']]))
  for (const crew of cast.crews.values())
    for (const member of crew.members) roles.set(member, member === crew.lead ? ['lead', 'agent'] : ['agent'])
  for (const [person, own] of wanted) roles.set(person, own)
  return [...roles].flatMap(([person, own]) => own.map((role) => [org, person.ref.id, role]))
}

const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789'
/** Four groups of four letters that cannot be taken for one another: 79 bits. */
function newPassword(): string {
  const group = (): string => Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join('')
  return Array.from({ length: 4 }, group).join('-')
}
