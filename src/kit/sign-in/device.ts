/** A browser's name for itself in words that people recognise: "Firefox on Windows". Never used to decide anything. */
import { say } from '#engines/say.ts'

const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\bOPR\/|\bOpera\b/, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:Chrome|Chromium|CriOS|HeadlessChrome)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
  [/^curl\//, 'curl'],
]
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b|\bMacintosh\b/, 'macOS'],
  [/\bLinux\b|\bX11\b/, 'Linux'],
]

/** "Another program" when it says nothing that is known. */
export function deviceWords(agent: string | null | undefined): string {
  const browser = nameIn(BROWSERS, agent ?? '')
  const system = nameIn(SYSTEMS, agent ?? '')
  if (browser === null) return system === null ? say`Another program` : say`A program on ${system}`
  return system === null ? browser : say`${browser} on ${system}`
}
function nameIn(known: readonly (readonly [RegExp, string])[], agent: string): string | null {
  return known.find(([pattern]) => pattern.test(agent))?.[1] ?? null
}
