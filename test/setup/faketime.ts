// A clock that is set while a process runs: libfaketime reads it from a file. The database beside keeps the true time.
import { existsSync } from 'node:fs'
import { installPackage } from './apt.ts'

const PLACES = ['/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1', '/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1', '/usr/lib/faketime/libfaketimeMT.so.1'] // oxfmt-ignore

/** The library; null where it cannot be installed. */
export async function findFaketime(say: (sentence: string) => void): Promise<string | null> {
  const found = (): string | undefined => PLACES.find((place) => existsSync(place))
  if (found() === undefined) await installPackage('faketime', say)
  return found() ?? null
}
/** What a process needs so that the file says how far its clock is off, such as `+4h` or `-3h`; time itself goes on as it does. */
export function clockFrom(library: string, file: string): Record<string, string> {
  return {
    LD_PRELOAD: library,
    FAKETIME_TIMESTAMP_FILE: file,
    FAKETIME_NO_CACHE: '1',
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
    DONT_FAKE_MONOTONIC: '1',
  }
}
