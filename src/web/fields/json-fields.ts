// Fields of kind json that have a form of their own in place of JSON text. A domain names the field and brings the form.
import { lazy, type ComponentType, type LazyExoticComponent } from 'react'
import type { FieldInfo } from '../data/contract.ts'
import type { EditorProps } from './input-props.ts'

interface JsonField {
  /** The record's page shows it in a panel, so its details leave it out. */
  inPanel?: boolean
  editor: LazyExoticComponent<ComponentType<EditorProps>>
}

const known = new Map<string, JsonField>()

/** `name` is `record.field`; `load` imports a module that exports the form as `JsonEditor`. */
export function registerJsonField(
  name: string,
  options: Omit<JsonField, 'editor'>,
  load: () => Promise<{ JsonEditor: ComponentType<EditorProps> }>,
): void {
  const editor = lazy(() => load().then(({ JsonEditor }) => ({ default: JsonEditor })))
  known.set(name, { ...options, editor })
}

export function jsonFieldOf(field: FieldInfo): JsonField | null {
  return known.get(`${field.of ?? ''}.${field.name}`) ?? null
}
