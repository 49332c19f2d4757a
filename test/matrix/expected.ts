// What each player may do with each row, worked out from the declarations by who is on which side: no SQL, no kit/access.ts.
import type { RecordType } from '#kit/record.ts'
import { RECORDS } from '#app'
import type { Matrix, Player, Side } from './cast.ts'
import { OWN_RIGHTS } from './cast.ts'

export type Deed = 'read' | 'create' | 'update' | 'bin'
const incident = RECORDS.find((record) => record.name === 'incident')

/** Whether the declaration gives the deed to the player's role, wherever it holds. */
function roleGives(player: Player, record: RecordType, deed: Deed): boolean {
  if (player.role === 'own') return OWN_RIGHTS[record.name]?.includes(deed) === true
  const who = deed === 'bin' ? (record.can.bin ?? record.can.update) : record.can[deed]
  return player.role !== null && ((player.role === 'administrator' && who.length > 0) || who.includes(player.role))
}
function isForAll(record: RecordType, deed: Deed): boolean {
  return (deed === 'bin' ? (record.can.bin ?? record.can.update) : record.can[deed]).includes('everyone')
}
/** Whether a grant for a part of the organisation reaches rows of that side. */
function reaches(player: Player, record: RecordType, side: Side, deed: Deed): boolean {
  if (player.place === 'organisation') return true
  const { scope } = record
  if (scope === undefined) return false
  if (scope === 'shared') return deed === 'read'
  // Nobody of the cast with a grant for their own is named in any row.
  const isDirect = player.place !== 'own' && side === 'a' && (scope[player.place]?.length ?? 0) > 0
  const isHanging = scope.on !== undefined && record.fields[scope.on] !== undefined
  return isDirect || (isHanging && incident !== undefined && deed !== 'read' && reaches(player, incident, side, deed))
}
function isNamed(matrix: Matrix, player: Player, record: RecordType, side: Side, deed: Deed): boolean {
  const who = deed === 'bin' ? (record.can.bin ?? record.can.update) : record.can[deed]
  const row = matrix.rows[side].get(record.name)
  return who.some((one) => {
    const value = one.startsWith('field:') ? row?.[one.slice(6)] : null
    const all: unknown[] = Array.isArray(value) ? value : [value]
    return all.some((item) => typeof item === 'object' && item !== null && 'id' in item && item.id === player.person)
  })
}

/** The lead of a side's team is the person of that side. */
function leads(matrix: Matrix, player: Player, side: Side): boolean {
  return matrix.rows[side].get('person')?.id === player.person
}

/** Private rows of the cast belong to the team of their side, where a team may have them at all. */
function readsPrivate(matrix: Matrix, player: Player, record: RecordType, side: Side): boolean {
  return record.private?.team !== undefined && (player.role === 'administrator' || leads(matrix, player, side))
}

export function mayRead(matrix: Matrix, player: Player, record: RecordType, side: Side): boolean {
  if (player.hasLeft === true || player.org !== 1) return false
  if (record.private !== undefined) return readsPrivate(matrix, player, record, side)
  if (player.role === 'administrator' && record.can.read.length > 0) return true
  if (isNamed(matrix, player, record, side, 'read') || isForAll(record, 'read')) return true
  const { scope } = record
  const isByRole = roleGives(player, record, 'read') && reaches(player, record, side, 'read')
  if (typeof scope !== 'object' || scope.on === undefined || incident === undefined) return isByRole
  // Everything of the cast that hangs on something hangs on the incident of its side.
  const readsParent = mayRead(matrix, player, incident, side)
  const isParentByRole = roleGives(player, incident, 'read') && reaches(player, incident, side, 'read')
  if (scope.staffOnly === true)
    return roleGives(player, record, 'read') && (isParentByRole || isByRole) && player.role !== null
  return readsParent || (isByRole && player.place !== 'organisation')
}
export function mayDo(matrix: Matrix, player: Player, record: RecordType, deed: 'update' | 'bin', side: Side): boolean {
  if (!mayRead(matrix, player, record, side)) return false
  const isByRole = (roleGives(player, record, deed) || isForAll(record, deed)) && (reaches(player, record, side, deed) || isForAll(record, deed)) // oxfmt-ignore
  const isByTeam = record.private?.team !== undefined && leads(matrix, player, side)
  return isByRole || isByTeam || isNamed(matrix, player, record, side, deed)
}
