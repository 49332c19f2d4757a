// Values that do not fit, per kind of field.
import type { Field } from '#kit/field.ts'

/** Values that no field of this kind may hold. */
export function misfits(field: Field): unknown[] {
  if (field.stamped) return [5]
  const many: Partial<Record<Field['kind'], unknown[]>> = {
    text: [5, {}, ['x'], 'x'.repeat((field.max ?? 200) + 1)],
    longText: [5, 'x'.repeat((field.max ?? 100_000) + 1)],
    choice: ['nothing', 5, {}, 'constructor'],
    number: ['5', {}, [1], 1e300],
    duration: ['5', 0.5, -1],
    money: [5, { minor: 0.5, currency: 'EUR' }],
    boolean: ['true', 1],
    instant: ['today', 5, '2026-02-30T00:00:00Z'],
    day: ['2026-02-30', 5],
    email: ['nobody', 5],
    url: ['javascript:1', 5],
    ip: ['x', 5],
    tags: ['x'],
    attachment: [5, 'x'.repeat(64), 'a'.repeat(65), {}, { sha256: 5 }, { title: 'x.pdf' }],
    ref: ['x', 'ZZZ-1', 0, -1, 1.5, {}, { id: 'x' }, [1]],
    refs: ['x', [0], [null]],
    any: ['x', 5, 'ZZZ-1', { record: 'nothing', id: 1 }, { record: 'constructor', id: 1 }],
  }
  return many[field.kind] ?? []
}

/** References to what is not there. */
export function lost(field: Field): unknown[] {
  if (field.stamped) return []
  const many: Partial<Record<Field['kind'], unknown[]>> = {
    ref: [999_999_999],
    refs: [[999_999_999]],
    any: [{ record: 'person', id: 999_999_999 }],
    attachment: ['f'.repeat(64), { sha256: 'f'.repeat(64), title: 'x.pdf', size: 5, type: 'application/pdf' }],
  }
  return many[field.kind] ?? []
}
