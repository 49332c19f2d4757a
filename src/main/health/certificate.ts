/** The certificate that browsers see at PUBLIC_URL: how long it holds, and whether it is for this name. */
import { counted, say } from '#engines/say.ts'
import { isIP } from 'node:net'
import { checkServerIdentity, connect } from 'node:tls'
import type { PeerCertificate } from 'node:tls'
import type { HealthItem } from '#kit/routes/admin.ts'

const PATIENCE_MS = 3_000
const DAY_MS = 86_400_000
const SOON_DAYS = 21
const AT_ONCE_DAYS = 5
const NAME = (): string => say`Certificate`

/** What a visitor of the address is shown. */
export interface Shown {
  /** When it ends. */
  readonly until: string
  /** Why it is not for this name; null when it is. */
  readonly wrongName: string | null
  /** Why this machine does not trust it; null when it does. */
  readonly distrust: string | null
}

export async function certificateItem(publicUrl: string, now: () => string): Promise<HealthItem> {
  const url = new URL(publicUrl)
  if (url.protocol !== 'https:') return withoutCertificate(url)
  try {
    return certificateVerdict(await shownAt(url), now())
  } catch (error) {
    const because = error instanceof Error ? error.message : String(error)
    return {
      name: NAME(),
      state: 'warn',
      value: say`${url.host} shows none to this machine: ${because}`,
      todo: say`See whether the proxy before Pilothouse runs, and whether PUBLIC_URL is its address. If it is only not reachable from here, look at the certificate from elsewhere.`,
    }
  }
}
export function certificateVerdict(shown: Shown, now: string): HealthItem {
  const days = Math.floor((Date.parse(shown.until) - Date.parse(now)) / DAY_MS)
  const value =
    days < 0
      ? say`ended on ${shown.until.slice(0, 10)}`
      : counted(
          days,
          say`1 day left, until ${shown.until.slice(0, 10)}`,
          say`${days} days left, until ${shown.until.slice(0, 10)}`,
        )
  const item = (state: HealthItem['state'], todo: string): HealthItem => ({ name: NAME(), state, value, todo })
  if (days < 0) return item('bad', say`Browsers refuse to open Pilothouse. Renew the certificate at the proxy.`)
  if (shown.wrongName !== null)
    return item('bad', say`It is for another name, so browsers refuse it: ${shown.wrongName} Get one for PUBLIC_URL.`)
  if (days <= SOON_DAYS)
    return item(
      days <= AT_ONCE_DAYS ? 'bad' : 'warn',
      say`Renew it at the proxy; if that should happen by itself, see why it did not.`,
    )
  if (shown.distrust !== null)
    return item(
      'warn',
      say`This machine does not trust its issuer (${shown.distrust}). Right if your own authority issued it and visitors know that; otherwise let the proxy send the whole chain.`,
    )
  return item('good', '')
}

function withoutCertificate({ hostname }: URL): HealthItem {
  const isHere = hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.')
  return {
    name: NAME(),
    state: isHere ? 'good' : 'warn',
    value: isHere ? say`none needed: PUBLIC_URL is of this machine alone` : say`PUBLIC_URL is http, without one`,
    todo: isHere
      ? ''
      : say`Passwords travel in the clear. Put a proxy with a certificate in front and set PUBLIC_URL to its https address.`,
  }
}
/** @throws when nothing answers within three seconds */
function shownAt(url: URL): Promise<Shown> {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  return new Promise((resolve, reject) => {
    const socket = connect({
      host,
      port: url.port === '' ? 443 : Number(url.port),
      ...(isIP(host) === 0 ? { servername: host } : {}),
      rejectUnauthorized: false, // it is looked at, nothing is sent
    })
    socket.setTimeout(PATIENCE_MS, () => socket.destroy(new Error(say`no answer within 3 seconds`)))
    socket.once('error', reject)
    socket.once('secureConnect', () => {
      const certificate: PeerCertificate = socket.getPeerCertificate()
      const wrong = checkServerIdentity(host, certificate)
      const problem = socket.authorizationError as Error | string | null // an Error's code in fact, typed otherwise
      resolve({
        until: new Date(certificate.valid_to).toISOString(),
        wrongName: wrong === undefined ? null : `${wrong.message}.`,
        distrust: problem === null || wrong !== undefined ? null : String(problem),
      })
      socket.end()
    })
  })
}
