// Filters and patches of SCIM beside a second implementation: scimmy finds and makes the same.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import SCIMMY from 'scimmy'
import { matches, readFilter } from '#kit/federation/scim/filter.ts'
import { patched } from '#kit/federation/scim/patch.ts'
import type { Json, Resource } from '#kit/federation/scim/resource.ts'
import { PATCH, USER } from '#kit/federation/scim/resource.ts'

// The shape of an answer is what the tests are about.
// oxlint-disable-next-line typescript/no-explicit-any
type Loose = any

const people: Resource[] = [
  {
    userName: 'bjensen',
    active: true,
    title: 'Tour Guide',
    userType: 'Employee',
    emails: [
      { value: 'b@example.com', type: 'work', primary: true },
      { value: 'babs@home.org', type: 'home' },
    ],
    name: { familyName: "O'Malley", givenName: 'Barbara' },
    meta: { lastModified: '2011-05-13T04:42:34.000Z', resourceType: 'User' },
  },
  {
    userName: 'JSMITH',
    active: false,
    userType: 'Intern',
    emails: [{ value: 'j@example.org', type: 'other' }],
    name: { familyName: 'Smith' },
    meta: { lastModified: '2026-01-02T03:04:05.000Z', resourceType: 'User' },
  },
  {
    userName: 'none',
    active: true,
    emails: [],
    name: { familyName: 'None' },
    meta: { lastModified: '2020-01-01T00:00:00.000Z', resourceType: 'User' },
  },
]
describe('beside scimmy', () => {
  it('finds the same by every filter of RFC 7644', () => {
    const filters = [
      'userName eq "bjensen"',
      'userName ne "bjensen"',
      'userName sw "j"',
      'userName ew "n"',
      'userName co "en"',
      'title pr',
      'not (title pr)',
      `name.familyName co "O'Malley"`,
      'title pr and userType eq "Employee"',
      'title pr or userType eq "Intern"',
      'active eq true',
      'active eq false',
      'active ne true',
      'meta.lastModified gt "2011-05-13T04:42:34Z"',
      'meta.lastModified ge "2011-05-13T04:42:34Z"',
      'meta.lastModified lt "2020-06-01T00:00:00Z"',
      'meta.lastModified le "2020-01-01T00:00:00Z"',
      'userType eq "Employee" and (emails co "example.com" or emails.value co "example.org")',
      'userType ne "Employee" and not (emails co "example.com" or emails.value co "example.org")',
      'emails[type eq "work" and value co "@example.com"]',
      'emails[type eq "work"] or emails[type eq "other"]',
      'emails.type eq "home"',
      'userName eq "bjensen" or userName eq "JSMITH" and active eq true',
    ]
    for (const text of filters) {
      const ours = people.filter((one) => matches(readFilter(text), one)).map((one) => one['userName'])
      if (text in differences) assert.deepEqual(ours, differences[text], text)
      else assert.deepEqual(ours, scimmyFinds(text), text)
    }
    const beside = filters.filter(
      (text) => text in differences && JSON.stringify(scimmyFinds(text)) === JSON.stringify(differences[text]),
    )
    assert.deepEqual(beside, [], 'where scimmy agrees it is the referee')
  })
  it('patches to the same', async () => {
    const begin = {
      schemas: [USER],
      id: '5',
      userName: 'mia',
      displayName: 'Mia',
      name: { givenName: 'Mia', familyName: 'M' },
      emails: [{ value: 'a@x.test', type: 'work', primary: true }],
      active: true,
    }
    const cases: object[][] = [
      [{ op: 'replace', path: 'displayName', value: 'Other' }],
      [{ op: 'add', path: 'emails', value: [{ value: 'b@x.test', type: 'home' }] }],
      [{ op: 'replace', path: 'emails[type eq "work"].value', value: 'c@x.test' }],
      [{ op: 'remove', path: 'emails[type eq "work"]' }],
      [{ op: 'replace', path: 'name.familyName', value: 'N' }],
      [{ op: 'remove', path: 'displayName' }],
      [{ op: 'replace', value: { displayName: 'Z', active: false } }],
      [
        { op: 'add', path: 'title', value: 'Lead' },
        { op: 'replace', path: 'title', value: 'Boss' },
      ],
    ]
    for (const Operations of cases) {
      const ours = patched(begin as unknown as Resource, { schemas: [PATCH], Operations })
      const message = new SCIMMY.Messages.PatchOp({ schemas: [PATCH], Operations } as Loose)
      const theirs = JSON.parse(
        JSON.stringify(
          await message.apply(
            new SCIMMY.Schemas.User(structuredClone(begin) as Loose, 'in') as Loose,
            async (made: Loose) => made,
          ),
        ),
      )
      for (const name of ['displayName', 'emails', 'name', 'title', 'active', 'userName'])
        assert.deepEqual(plain(ours[name]), plain(theirs[name]), `${JSON.stringify(Operations)} ${name}`)
    }
  })
})
/** Null where scimmy stumbles. */
function scimmyFinds(text: string): Json[] | null {
  try {
    return (new SCIMMY.Types.Filter(text).match(structuredClone(people) as Loose) as Loose[]).map((one) => one.userName)
  } catch (error) {
    return error instanceof TypeError ? null : []
  }
}
/** userName is not case-exact (RFC 7643 4.1.1); scimmy, which holds bare objects, does not know that. */
const differences: Readonly<Record<string, Json[]>> = {
  'userName sw "j"': ['JSMITH'],
  // scimmy stumbles over a list of objects that is named without ".value" within parentheses; these are RFC 7644's own examples.
  'userType eq "Employee" and (emails co "example.com" or emails.value co "example.org")': ['bjensen'],
  'userType ne "Employee" and not (emails co "example.com" or emails.value co "example.org")': ['none'],
}

/** Lists without what only says "nothing". */
function plain(value: unknown): unknown {
  return value === undefined || (Array.isArray(value) && value.length === 0) ? null : value
}
