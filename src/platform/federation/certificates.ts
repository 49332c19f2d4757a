/** Certificates that an administrator pasted: PEM or bare base64, one or several; each must be readable and in force. */
import { X509Certificate } from 'node:crypto'
import { say } from '#engines/say.ts'
import { badRequest } from '#kit/problem.ts'

/** As PEM. @throws a refusal that says what is wrong with which */
export function certificatesIn(text: string): string[] {
  const blocks = [...text.matchAll(/-----BEGIN CERTIFICATE-----([\s\S]+?)-----END CERTIFICATE-----/g)].map(
    ([, body = '']) => body,
  )
  const bodies = blocks.length > 0 ? blocks : [text]
  return bodies.map((body) => {
    const certificate = read(body.replaceAll(/\s/g, ''))
    if (certificate === null)
      throw badRequest(say`This is no certificate. Paste it with its lines BEGIN CERTIFICATE and END CERTIFICATE.`)
    if (certificate.validToDate.getTime() < Date.now())
      throw badRequest(
        say`The certificate ended on ${certificate.validToDate.toISOString().slice(0, 10)}. Ask for the new one.`,
      )
    return certificate.toString()
  })
}
function read(base64: string): X509Certificate | null {
  try {
    return new X509Certificate(Buffer.from(base64, 'base64'))
  } catch {
    return null // the caller says what to do
  }
}
