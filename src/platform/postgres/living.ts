// Tells a living process from a dead one, also when its number has been given to another since.
import { readFile } from 'node:fs/promises'

/** `pid` or, where /proc exists, `pid:start`: the start tick tells apart two processes that had the same number. */
export async function markOf(pid: number): Promise<string> {
  const start = await startTick(pid)
  return start === null ? String(pid) : `${pid}:${start}`
}

/** True when the process of this mark (see `markOf`) still runs. Anything unreadable counts as dead. */
export async function isLiving(mark: string): Promise<boolean> {
  const pid = Number.parseInt(mark, 10)
  if (!(await isRunning(pid))) return false
  return mark.includes(':') ? (await markOf(pid)) === mark : true
}

/** True when a process of this number runs, whoever owns it. A zombie (ended, not yet reaped) does not run. */
export async function isRunning(pid: number): Promise<boolean> {
  if (!Number.isInteger(pid) || pid <= 0 || !exists(pid)) return false
  const fields = await statFields(pid)
  return fields === null || fields[0] !== 'Z'
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

async function startTick(pid: number): Promise<string | null> {
  const fields = await statFields(pid)
  // Field 22 of proc(5); the first of ours is field 3, the state.
  return fields?.[19] ?? null
}

/** The fields after the name, which may itself hold spaces and parentheses; null where there is no /proc. */
async function statFields(pid: number): Promise<string[] | null> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
  return text === null ? null : text.slice(text.lastIndexOf(')') + 2).split(' ')
}
