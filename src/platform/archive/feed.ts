/**
 * Hands segments of the archive to a server that recovers, one by one as it asks. The server may run under another account
 * that can reach neither the archive nor our program, so its restore_command only writes down a wish and waits.
 */
import { chown, mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { SEGMENT } from '#engines/wal.ts'
import { BackupRefusal } from '#platform/backup/refusal.ts'
import { segmentsOf, walFolder } from './place.ts'
import { unseal } from './sealed.ts'

export interface Feeding {
  readonly root: string
  readonly line: string
  readonly passphrase: string | null
  readonly segmentBytes: number
  /** A folder that only the server and we can enter; is made. */
  readonly folder: string
  readonly owner: { readonly uid: number; readonly gid: number } | null
}
export interface Feed {
  /** For the server's settings. */
  readonly command: string
  /** Why the server did not get what it asked for; null while all is well. */
  fault(): BackupRefusal | null
  /** Segments handed over so far. */
  count(): number
  stop(): Promise<void>
}
const EVERY_MS = 20
/** When we are gone the server must not wait for ever: 3,000 looks of 0.1 s. */
const LOOKS = 3000

export async function feed(of: Feeding): Promise<Feed> {
  await mkdir(of.folder, { mode: 0o700 })
  if (of.owner !== null) await chown(of.folder, of.owner.uid, of.owner.gid)
  const state = { isOver: false, count: 0, fault: null as BackupRefusal | null }
  const known = await segmentsOf(of.root, of.line)
  const serving = (async () => {
    while (!state.isOver) {
      for (const wish of await readdir(of.folder).catch((): string[] => [])) {
        const name = /^(.+)\.wanted$/.exec(wish)?.[1]
        if (name !== undefined) await answer(of, name, { known, state })
      }
      await sleep(EVERY_MS)
    }
  })()
  return {
    command: commandFor(of.folder),
    fault: () => state.fault,
    count: () => state.count,
    stop: async () => {
      state.isOver = true
      await serving
      await rm(of.folder, { recursive: true, force: true })
    },
  }
}

/** Answers: the file itself; `.none`, which ends the log; `.bad`, upon which the server gives up (any code above 125). */
function commandFor(folder: string): string {
  const place = folder.replaceAll("'", "'\\''").replaceAll('%', '%%')
  const look = `[ -e '${place}/%f.none' ] && exit 1; [ -e '${place}/%f.bad' ] && exit 200; [ -e '${place}/%f' ] && { mv '${place}/%f' %p; exit $?; }`
  return `: > '${place}/%f.wanted' || exit 200; n=0; while [ $n -lt ${LOOKS} ]; do ${look}; n=$((n+1)); sleep 0.1 2>/dev/null || sleep 1; done; exit 200`
}

async function answer(
  of: Feeding,
  name: string,
  { known, state }: { known: readonly string[]; state: { fault: BackupRefusal | null; count: number } },
): Promise<void> {
  const place = path.join(of.folder, name)
  try {
    if (known.includes(name)) {
      await handOver(of, name, place)
      state.count++
    } else if (isMissing(name, known))
      throw new BackupRefusal(
        `The segment ${name} of the log is missing in ${walFolder(of.root, of.line)}, and later ones are there.`,
      )
    else await mark(of, `${place}.none`)
  } catch (error) {
    state.fault ??= error instanceof BackupRefusal ? error : new BackupRefusal(`The segment ${name} of the log cannot be read: ${error instanceof Error ? error.message : String(error)}`) // oxfmt-ignore
    await mark(of, `${place}.bad`)
  }
  await rm(`${place}.wanted`, { force: true })
}
/** The server also asks for what there never was: the next timeline, or what follows the last segment. */
function isMissing(name: string, known: readonly string[]): boolean {
  return SEGMENT.test(name) && known.some((one) => one.slice(0, 8) === name.slice(0, 8) && one > name)
}
async function handOver(of: Feeding, name: string, place: string): Promise<void> {
  const draft = `${place}.partial`
  const handle = await open(draft, 'w', 0o600)
  try {
    const file = path.join(walFolder(of.root, of.line), name)
    const content = await unseal(file, { name, passphrase: of.passphrase }, (chunk) => handle.writeFile(chunk)).catch(
      (error: unknown) => {
        if (error instanceof BackupRefusal)
          throw new BackupRefusal(`The segment ${name} of the log (${file}): ${error.message}`)
        throw error
      },
    )
    if (content.bytes !== of.segmentBytes)
      throw new BackupRefusal(
        `The segment ${name} of the log has ${content.bytes} bytes in place of ${of.segmentBytes}.`,
      )
  } finally {
    await handle.close()
  }
  await give(of, draft, place)
}
async function mark(of: Feeding, place: string): Promise<void> {
  const draft = `${place}.partial`
  await (await open(draft, 'w', 0o600)).close()
  await give(of, draft, place)
}
async function give(of: Feeding, draft: string, place: string): Promise<void> {
  if (of.owner !== null) await chown(draft, of.owner.uid, of.owner.gid)
  await rename(draft, place)
}
