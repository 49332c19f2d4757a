// Finds a Chromium or Chrome for the browser tests. On Debian as root it installs the distribution's package.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { installPackage } from './apt.ts'

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/**
 * The path of a browser that starts. `CHROMIUM` names one explicitly.
 * @throws {Error} with what to install when there is none.
 */
export async function findChromium(say: (sentence: string) => void = () => {}): Promise<string> {
  const named = process.env.CHROMIUM
  if (named) return checked(named)
  const found = places.find((place) => existsSync(place))
  if (found) return checked(found)
  if (await installPackage('chromium', say)) return checked('/usr/bin/chromium')
  throw new Error(
    'The browser tests need Chromium or Chrome, and there is none. On Debian or Ubuntu: apt-get install chromium. Elsewhere install Google Chrome, or set CHROMIUM to the program.',
  )
}

function checked(program: string): string {
  const tried = spawnSync(program, ['--version', '--no-sandbox'], { encoding: 'utf8' })
  if (tried.status === 0) return program
  const reason = tried.error?.message ?? tried.stderr.trim()
  throw new Error(`${program} does not start: ${reason}. Set CHROMIUM to a Chromium or Chrome that does.`)
}
