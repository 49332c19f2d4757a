// Files of fields that are being sent now: a form that is saved meanwhile would be saved without them.
const sending = new Map<string, number>()

/** Names of fields, each once; empty when nothing is being sent. */
export function fieldsUnderWay(): string[] {
  return [...sending.keys()]
}

/** Until `work` is done, the field counts as being sent. */
export async function whileSending<T>(field: string, work: () => Promise<T>): Promise<T> {
  sending.set(field, (sending.get(field) ?? 0) + 1)
  try {
    return await work()
  } finally {
    const left = (sending.get(field) ?? 1) - 1
    if (left > 0) sending.set(field, left)
    else sending.delete(field)
  }
}
