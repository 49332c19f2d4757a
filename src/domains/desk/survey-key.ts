/** The address of a survey: it names the survey and proves, with the installation's secret, that we gave it out. */
import { createHmac, timingSafeEqual } from 'node:crypto'

/** '1.a3.<43 characters>': organisation and survey in base 36, then HMAC-SHA-256 over both. */
export function surveyKey(secret: Buffer, org: number, id: number): string {
  const head = `${org.toString(36)}.${id.toString(36)}`
  return `${head}.${createHmac('sha256', secret).update(`survey\n${head}`).digest('base64url')}`
}

/** What the key names, or null when it is not one of ours. */
export function readSurveyKey(secret: Buffer, key: string): { org: number; id: number } | null {
  const match = /^([0-9a-z]{1,7})\.([0-9a-z]{1,11})\.[\w-]{43}$/.exec(key)
  if (match === null) return null
  const [org, id] = [Number.parseInt(match[1] ?? '', 36), Number.parseInt(match[2] ?? '', 36)]
  if (!Number.isSafeInteger(id) || org > 2_147_483_647) return null
  const wanted = Buffer.from(surveyKey(secret, org, id))
  const given = Buffer.from(key)
  return wanted.length === given.length && timingSafeEqual(wanted, given) ? { org, id } : null
}
