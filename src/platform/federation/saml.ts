/** SAML 2.0 through node-saml, with what it leaves to its caller: no DTD, no comments, issuer, recipient, one assertion, no SHA-1. */
import { randomUUID } from 'node:crypto'
import { SAML, ValidateInResponseTo, type Profile as SamlProfile } from '@node-saml/node-saml'
import { counted, say } from '#engines/say.ts'
import type { Profile, SamlFound, SamlKept, SamlPlaces, SamlPort } from '#kit/federation/ports.ts'
import type { SamlProvider, SamlSettings } from '#kit/federation/settings.ts'
import { Refusal } from '#kit/problem.ts'
import { bearerOf, textsOf } from './saml-assertion.ts'
import { certificatesIn } from './certificates.ts'

const SKEW_MS = 60_000
const MOST_XML = 300_000

export function openSaml(): SamlPort {
  return { metadata, begin, finish, test }
}

function metadata(provider: SamlProvider, places: SamlPlaces): string {
  return engine(provider, places, null).generateServiceProviderMetadata(null, null)
}
async function begin(
  provider: SamlProvider,
  places: SamlPlaces,
  relayState: string,
): Promise<{ to: string; kept: SamlKept }> {
  const requestId = `_${randomUUID()}`
  const to = await engine(provider, places, requestId).getAuthorizeUrlAsync(relayState, undefined, {})
  return { to, kept: { requestId } }
}
async function finish(
  provider: SamlProvider,
  places: SamlPlaces,
  kept: SamlKept,
  response: string,
): Promise<SamlFound> {
  refuseOddXml(provider, response)
  try {
    const { profile } = await engine(provider, places, kept.requestId).validatePostResponseAsync({
      SAMLResponse: response,
    })
    if (profile === null) throw new Error('it holds no assertion')
    return found(provider, { places, requestId: kept.requestId }, profile)
  } catch (error) {
    throw error instanceof Refusal ? error : refused(provider, error instanceof Error ? error.message : 'unreadable')
  }
}
/** Entities, DTDs and comments have no place in an assertion; each is the beginning of an attack. */
function refuseOddXml(provider: SamlProvider, response: string): void {
  const xml = Buffer.from(response, 'base64').toString('utf8')
  if (xml.length > MOST_XML) throw refused(provider, 'it is too long')
  if (/<!|<\?(?!xml[\s?])/.test(xml)) throw refused(provider, 'it holds a DTD, a comment or an instruction')
  if (/xmldsig#(rsa|dsa|hmac)-sha1|xmldsig#sha1|rsa-md5/.test(xml))
    throw refused(provider, 'it is signed with SHA-1, which can be forged; choose SHA-256 there')
  const assertions = xml.match(/<(?:[\w.-]+:)?(?:Encrypted)?Assertion[\s>/]/g) ?? []
  if (assertions.length > 1) throw refused(provider, 'it holds several assertions')
}

function engine(provider: SamlProvider, places: SamlPlaces, requestId: string | null): SAML {
  const { settings } = provider
  return new SAML({
    entryPoint: settings.entryPoint,
    issuer: places.entity,
    callbackUrl: places.consumer,
    audience: places.entity,
    idpIssuer: settings.issuer,
    idpCert: certificatesIn(settings.certificates),
    wantAssertionsSigned: true,
    wantAuthnResponseSigned: false,
    acceptedClockSkewMs: SKEW_MS,
    maxAssertionAgeMs: 600_000,
    disableRequestedAuthnContext: true,
    identifierFormat: null,
    signatureAlgorithm: 'sha256',
    validateInResponseTo: ValidateInResponseTo.always,
    // Only the request of this very sign-in counts as answered.
    generateUniqueId: () => requestId ?? `_${randomUUID()}`,
    cacheProvider: {
      saveAsync: async (key, value) => ({ value, createdAt: 0, key }),
      getAsync: async (key) => (key === requestId ? new Date().toISOString() : null),
      removeAsync: async (key) => key,
    },
  })
}

function found(
  provider: SamlProvider,
  { places, requestId }: { places: SamlPlaces; requestId: string },
  said: SamlProfile,
): SamlFound {
  const { settings } = provider
  if (said.issuer !== settings.issuer)
    throw refused(provider, say`it was issued by "${said.issuer}", not by "${settings.issuer}"`)
  const assertion: unknown = said.getAssertion?.()
  const bearer = bearerOf(assertion, { recipient: places.consumer, requestId })
  if (bearer === null) throw refused(provider, say`it is not meant for this address and this sign-in`)
  if (said.nameID === undefined || said.nameID.trim() === '') throw refused(provider, say`it names nobody (NameID)`)
  if (said.nameIDFormat?.endsWith(':transient') === true)
    throw refused(provider, say`its name for you changes each time (transient NameID); choose a persistent one there`)
  return { assertion: bearer.id, expiresAt: bearer.expiresAt, profile: profileOf(settings, said) }
}
const EMAIL_NAMES = [
  'email',
  'mail',
  'urn:oid:0.9.2342.19200300.100.1.3',
  'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress',
]
const PERSON_NAMES = [
  'displayName',
  'name',
  'cn',
  'urn:oid:2.16.840.1.113730.3.1.241',
  'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name',
  'http://schemas.microsoft.com/identity/claims/displayname',
]
function profileOf(settings: SamlSettings, said: SamlProfile): Profile {
  const attributes = (said['attributes'] ?? {}) as Readonly<Record<string, unknown>> // node-saml's own object of what was signed
  const first = (names: readonly string[]): string | null =>
    names.flatMap((name) => (Object.hasOwn(attributes, name) ? textsOf(attributes[name]) : []))[0]?.slice(0, 300) ??
    null
  const isAddress = said.nameIDFormat?.endsWith(':emailAddress') === true
  const email =
    first(settings.emailAttribute === '' ? EMAIL_NAMES : [settings.emailAttribute]) ?? (isAddress ? said.nameID : null)
  return {
    subject: said.nameID,
    email,
    // SAML has no word for it; whether the provider is believed at all is for the administrator to say.
    isEmailVerified: email !== null,
    name: first(settings.nameAttribute === '' ? PERSON_NAMES : [settings.nameAttribute]),
    groups: Object.hasOwn(attributes, settings.groupsAttribute) ? textsOf(attributes[settings.groupsAttribute]) : [],
  }
}

async function test(provider: SamlProvider, places: SamlPlaces): Promise<string[]> {
  const certificates = certificatesIn(provider.settings.certificates)
  await engine(provider, places, `_${randomUUID()}`).getAuthorizeUrlAsync('test', undefined, {})
  return [
    counted(
      certificates.length,
      say`The certificate is readable and in force.`,
      say`${certificates.length} certificates are readable and in force.`,
    ),
    `Give the provider our metadata: ${places.entity}`,
    say`Or by hand: entity ID ${places.entity}, assertion consumer service ${places.consumer} (POST), assertions signed with SHA-256.`,
  ]
}
function refused({ name }: SamlProvider, because: string): Refusal {
  return new Refusal(
    403,
    'answer-refused',
    say`The answer of ${name} is not accepted: ${because}. Sign in again; if it stays, check its settings.`,
  )
}
