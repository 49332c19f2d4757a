/** When a mail is tried again, and for how long (RFC 5321 4.5.4.1: half an hour between tries, given up after four to five days). */

const MINUTE = 60
const HOUR = 60 * MINUTE
/** After the first, second … try that the other side put off. Greylisting lets in after some minutes. */
const OF_MAIL = [MINUTE, 5 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR] as const
/** While the server itself cannot be used: all mails wait for one look at it. */
const OF_SERVER = [15, 30, MINUTE, 2 * MINUTE, 5 * MINUTE] as const
/** Tries of one mail: some four days with the delays above. */
export const MOST_TRIES = 30
/** A mail is given up after so many days, whoever is at fault. */
export const MOST_DAYS = 5

/** Seconds until a mail is tried again. @param tries so far, from 1 */
export function mailDelaySeconds(tries: number): number {
  return OF_MAIL[Math.min(OF_MAIL.length, Math.max(1, tries)) - 1] ?? HOUR
}
/** Seconds until a server that cannot be used is looked at again. @param failures in a row, from 1 */
export function serverDelaySeconds(failures: number): number {
  return OF_SERVER[Math.min(OF_SERVER.length, Math.max(1, failures)) - 1] ?? MINUTE
}
