// Fields that a domain shows in its own way: a form in place of JSON or of a code, words in place of a code, a link.
import { lazy, type ComponentType, type LazyExoticComponent } from 'react'
import type { FieldInfo } from '../data/contract.ts'
import type { EditorProps } from './input-props.ts'

interface Shown {
  /** The record's page shows it in a panel, so its details leave it out. */
  inPanel?: boolean
  /** The value as people say it; of whatever the field keeps, text, number or JSON. */
  words?: (value: unknown) => string
  /** The value is an address within Pilothouse; this is what its link says. */
  linkText?: string
}
interface OwnField extends Shown {
  editor?: LazyExoticComponent<ComponentType<EditorProps>>
}

const known = new Map<string, OwnField>()

/** `name` is `record.field`; `load` imports a module that exports the form as `OwnEditor`. */
export function registerOwnField(
  name: string,
  shown: Shown,
  load?: () => Promise<{ OwnEditor: ComponentType<EditorProps> }>,
): void {
  const editor = load && lazy(() => load().then(({ OwnEditor }) => ({ default: OwnEditor })))
  known.set(name, editor ? Object.assign(shown, { editor }) : shown)
}

export function ownFieldOf(field: FieldInfo): OwnField | null {
  return known.get(`${field.of ?? ''}.${field.name}`) ?? null
}
