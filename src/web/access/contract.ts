// What the routes of access answer, as the server declares it.
export type { Deed } from '#kit/actor.ts'
export type { Readers, Why } from '#kit/explain.ts'
export type { ScopeName as Scope } from '#kit/grants.ts'
export type { Choice as RoleChoice, PersonAccess, ShownGrant as Grant } from '#kit/routes/access-shape.ts'
