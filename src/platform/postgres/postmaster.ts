// Reads postmaster.pid, the server's own word on who it is and whether it is ready; no log is parsed.
import { readFile, readlink, realpath } from 'node:fs/promises'
import path from 'node:path'
import { isRunning } from './living.ts'

export interface Postmaster {
  pid: number
  port: number
  socketFolder: string
  /** `starting`, `ready`, `stopping` or `standby`; empty in the first moments. */
  status: string
}

/** The server that serves this cluster right now, or null. A left-over file of a dead or foreign process is null. */
export async function runningPostmaster(cluster: string): Promise<Postmaster | null> {
  const text = await readFile(path.join(cluster, 'postmaster.pid'), 'utf8').catch(() => '')
  const lines = text.split('\n').map((line) => line.trim())
  const pid = Number(lines[0])
  if (!(await isRunning(pid))) return null
  if (!(await serves(pid, cluster, lines[1] ?? ''))) return null
  return { pid, port: Number(lines[3] ?? 0), socketFolder: lines[4] ?? '', status: lines[7] ?? '' }
}

/** Trap: a number is given again (containers), and a copied folder carries the file of the original's server. */
async function serves(pid: number, cluster: string, written: string): Promise<boolean> {
  const here = await realpath(cluster)
  // The server works from inside its cluster; /proc knows this even after the folder was moved.
  const workingFolder = await readlink(`/proc/${pid}/cwd`).catch(() => null)
  if (workingFolder !== null) return workingFolder === here
  return (await realpath(written).catch(() => written)) === here
}
