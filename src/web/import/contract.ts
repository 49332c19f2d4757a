// The shapes of an import, as the server answers them: its own types.
import type { ShownBatch } from '#kit/import/shape.ts'

/** The part of a mapping that is changed on screen; the rest goes back as it came. */
export interface Mapping {
  key: string | null
  columns: Record<string, { column: string; [more: string]: unknown }>
}
export interface ImportInfo extends Omit<ShownBatch, 'mapping'> {
  mapping: Mapping | null
}
