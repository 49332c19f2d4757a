/** The folder that everything of an installation lies in: made when it is missing, refused with a sentence when it cannot be. */
import { accessSync, constants, mkdirSync, mkdtempSync, rmdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { ConfigRefusal } from '#platform/config.ts'

/** @throws wrong use (exit 2) when it is a file, cannot be made, or cannot be written */
export function makeDataFolder(folder: string): void {
  makeFolders(folder)
  try {
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
    // Rights do not tell of a disk that is read-only, or of folders that the system keeps.
    rmdirSync(mkdtempSync(path.join(folder, '.writable-')))
  } catch (error) {
    throw refused(
      `Nothing can be written into ${folder} (${said(error)}). Give the account that runs Pilothouse the folder, or choose another one.`,
    )
  }
}

/** Trap: Node's own recursive mkdir never returns where the system has no such folders, as in /proc. */
function makeFolders(folder: string): void {
  const found = statSync(folder, { throwIfNoEntry: false })
  if (found?.isDirectory() === true) return
  if (found !== undefined) throw refused(`${folder} is a file. Name a folder; it is made when it is missing.`)
  const parent = path.dirname(folder)
  if (parent !== folder) makeFolders(parent)
  try {
    mkdirSync(folder, 0o711)
  } catch (error) {
    if (said(error) === 'EEXIST') return // another node was quicker
    throw refused(`The folder ${folder} cannot be made (${said(error)}). Make it yourself, or choose another one.`)
  }
}

function refused(because: string): ConfigRefusal {
  return new ConfigRefusal([{ where: 'PILOTHOUSE_DATA', because }])
}
function said(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}
