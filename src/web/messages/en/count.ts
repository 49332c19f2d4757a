// A number with its noun in English.

/** `count(1, 'file', 'files')` → "1 file". */
export function count(n: number, one: string, many: string): string {
  return `${n.toLocaleString()} ${n === 1 ? one : many}`
}
