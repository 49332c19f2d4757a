// Reads postmaster.pid, the server's own word on who it is and whether it is ready; no log is parsed.
import { once } from 'node:events'
import { readFile, readlink, realpath } from 'node:fs/promises'
import { connect } from 'node:net'
import path from 'node:path'
import { isRunning } from './living.ts'

const answerPatienceMs = 5_000

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

/** Asks whether it talks TLS; any byte back is an answer (PostgreSQL manual, 54.2.10 SSL Session Encryption). */
const question = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f])

/**
 * True when the server answers. Trap: a killed server is a process for some milliseconds more, its file says `ready` for
 * ever, and its socket takes calls until the kernel has come to close it.
 */
export async function answers({ socketFolder, port }: Postmaster): Promise<boolean> {
  const socket = connect(path.join(socketFolder, `.s.PGSQL.${port}`))
  try {
    socket.write(question)
    // Also at the end of the stream, where there is nothing to read.
    await once(socket, 'readable', { signal: AbortSignal.timeout(answerPatienceMs) })
    return socket.read() !== null
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}

/** Trap: a number is given again (containers), and a copied folder carries the file of the original's server. */
async function serves(pid: number, cluster: string, written: string): Promise<boolean> {
  const here = await realpath(cluster)
  // The server works from inside its cluster; /proc knows this even after the folder was moved.
  const workingFolder = await readlink(`/proc/${pid}/cwd`).catch(() => null)
  if (workingFolder !== null) return workingFolder === here
  return (await realpath(written).catch(() => written)) === here
}
