/** The parts of a signed assertion that node-saml hands over unchecked. Its shape is xml2js: lists of children, `$` for attributes. */

/** The id and the end of an assertion whose bearer confirmation is for this address and answers this request; else null. */
export function bearerOf(
  read: unknown,
  { recipient, requestId }: { recipient: string; requestId: string },
): { id: string; expiresAt: string } | null {
  const assertion = childOf(read, 'Assertion')
  const id = attributeOf(assertion, 'ID')
  if (id === null) return null
  const confirmations = childrenOf(childrenOf(assertion, 'Subject')[0], 'SubjectConfirmation')
  for (const confirmation of confirmations) {
    const [said] = childrenOf(confirmation, 'SubjectConfirmationData')
    const expiresAt = attributeOf(said, 'NotOnOrAfter')
    const isOurs =
      attributeOf(confirmation, 'Method') === 'urn:oasis:names:tc:SAML:2.0:cm:bearer' &&
      attributeOf(said, 'Recipient') === recipient &&
      attributeOf(said, 'InResponseTo') === requestId
    if (isOurs && expiresAt !== null && Date.parse(expiresAt) + 60_000 > Date.now())
      return { id, expiresAt: new Date(Date.parse(expiresAt) + 120_000).toISOString() }
  }
  return null
}
/** The texts of an attribute that may be one value or several. */
export function textsOf(value: unknown): string[] {
  const all: unknown[] = Array.isArray(value) ? value : [value]
  return all
    .filter((one) => typeof one === 'string')
    .map((one) => one.trim())
    .filter((one) => one !== '')
}

function childOf(of: unknown, name: string): unknown {
  return typeof of === 'object' && of !== null && name in of ? (of as Record<string, unknown>)[name] : undefined
}
function childrenOf(of: unknown, name: string): unknown[] {
  const found = childOf(of, name)
  return Array.isArray(found) ? found : []
}
function attributeOf(of: unknown, name: string): string | null {
  const value = childOf(childOf(of, '$'), name)
  return typeof value === 'string' && value !== '' ? value : null
}
