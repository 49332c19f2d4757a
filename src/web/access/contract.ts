// What the routes of access answer.
import type { Ref } from '../data/contract.ts'

export type Scope = 'organisation' | 'unit' | 'team' | 'own'
export interface Grant {
  id: string
  person: Ref
  role: string
  label: string
  scope: Scope
  at: Ref | null
  grantedAt: string
  grantedBy: Ref | null
}
export interface RoleChoice {
  role: string
  label: string
  scopes: Scope[]
}
export type Deed = 'read' | 'create' | 'update' | 'bin'
export interface Why {
  extent: 'all' | 'some' | 'none'
  because: string[]
}
export interface PersonAccess {
  person: Ref
  isHere: boolean
  ceiling: string
  grants: Grant[]
  records: { record: string; label: string; confidentiality: string; may: Record<Deed, Why>; hidden: string[] }[]
}
export interface Readers {
  everyone: boolean
  readers: { person: Ref; may: Deed[]; because: string[] }[]
  total: number
}
