// The shapes of an import, as the server answers them.

export interface FoundColumn {
  name: string
  samples: string[]
}
export interface Mapping {
  key: string | null
  columns: Record<string, { column: string; [more: string]: unknown }>
}
export interface Problems {
  row: number
  column: string | null
  value: string | null
  because: string
  todo: string | null
}

export interface ImportInfo {
  id: number | string
  record?: string
  state?: 'uploaded' | 'checking' | 'checked' | 'running' | 'done' | 'undoing' | 'undone' | 'failed'
  found?: {
    format: string
    encoding: string
    separator: string | null
    sheet?: string | null
    columns: FoundColumn[]
    rows: number
  }
  mapping?: Mapping
  readyMappings?: { name: string; label: string }[]
  progress?: { done: number; total: number }
  counts?: {
    create: number
    update: number
    unchanged: number
    failed: number
    references?: Record<string, number>
    names?: Record<string, string[]>
  }
  problems?: Problems[]
  error?: string | null
}
