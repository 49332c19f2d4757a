// The rule of every route that no record's declaration makes. A route without one fails the matrix: say here who may ask.
import type { Role } from '#kit/record.ts'

/** own: about the asker alone · all: the same for everybody of the organisation · otherwise whoever fulfils all that is named. */
export type Rule = 'own' | 'all' | Asks
export interface Asks {
  /** May read that row of the side; and of that one, too, which the body names. */
  readonly row?: string
  readonly alsoRow?: string
  /** May change that row. */
  readonly changes?: true
  /** Holds one of these roles, for the whole organisation unless a part of it is enough. Administrators hold each. */
  readonly roles?: readonly Role[]
  readonly isEnoughInPart?: true
  /** Whom the row is about needs no role. */
  readonly orSelf?: true
  /** What it is about is not there in the cast: closed to everybody here, and opened by tests of its own. */
  readonly noneHere?: true
  /** Of a single row: an administrator of another organisation finds none. Without, they see to their own. */
  readonly isOfOne?: true
}
const STAFF: Asks = { roles: ['manager', 'lead', 'agent'] }
/** What is told of a row to those who answer for access. */
const EXPLAINED: readonly Role[] = ['auditor']
const FIGURES: Asks = { roles: ['manager', 'lead', 'agent', 'officer', 'auditor'] }
/** Counted over what the asker may read. */
const FIGURES_IN_PART: Asks = { roles: ['manager', 'lead', 'agent', 'officer', 'auditor'], isEnoughInPart: true }
/** Imports of the cast have no file. */
const NO_FILE: Asks = { row: 'importBatch', noneHere: true }
const INCIDENT: Asks = { row: 'incident' }
const PERSON: Asks = { row: 'person' }

/** Routes for administrators and for the public say so themselves. */
export const RULES: Readonly<Record<string, Rule>> = {
  'DELETE /session': 'own',
  'POST /me/proof': 'own',
  'POST /me/proof/options': 'own',
  'GET /me/security': 'own',
  'POST /me/password': 'own',
  'POST /me/totp': 'own',
  'POST /me/totp/confirm': 'own',
  'DELETE /me/totp': 'own',
  'POST /me/recovery-codes': 'own',
  'GET /me/sessions': 'own',
  'DELETE /me/sessions': 'own',
  'DELETE /me/sessions/{id}': 'own',
  'GET /me/sign-ins': 'own',
  'POST /me/passkeys/options': 'own',
  'POST /me/passkeys': 'own',
  'PATCH /me/passkeys/{id}': 'own',
  'DELETE /me/passkeys/{id}': 'own',
  'GET /tokens': 'own',
  'POST /tokens': 'own',
  'DELETE /tokens/{id}': 'own',
  'GET /calendar-feeds': 'own',
  'POST /calendar-feeds': 'own',
  'GET /calendar-feeds/{file}': 'own',
  'DELETE /calendar-feeds/{id}': 'own',
  'POST /sign-in/end': 'own',
  'GET /me': 'own',
  'GET /inbox': 'own',
  'GET /inbox/count': 'own',
  'POST /inbox/triage': 'own',
  'POST /inbox/undo': 'own',
  'GET /me/notices': 'own',
  'PATCH /me/notices': 'own',
  'PUT /me/notices/muted': 'own',
  'GET /me/push': 'own',
  'POST /me/push': 'own',
  'PUT /me/push': 'own',
  'POST /me/push/change': 'own',
  'DELETE /me/push/{id}': 'own',
  'GET /mentions': 'own',
  'PATCH /me/preferences': 'own',
  'GET /records': 'own',
  'GET /search': 'own',
  'POST /undo': 'own',
  'GET /events': 'own',
  'POST /bulk-runs': 'own',
  'GET /bulk-runs': 'own',
  'GET /bulk-runs/{id}': 'own',
  'DELETE /bulk-runs/{id}': 'own',
  'POST /bulk-runs/{id}/undo': 'own',
  'POST /presence': INCIDENT,
  'GET /me/unsent': 'own',
  'PUT /me/unsent': INCIDENT,
  'GET /grants/choices': 'own',
  'DELETE /view-as': 'own',
  'GET /settings': 'all',
  'GET /calendars/holidays': 'all',
  'GET /calendars/regions': 'all',
  'POST /calendars/preview': 'all',
  'POST /calendars/feed-preview': { roles: ['manager', 'lead'] },
  'POST /uploads': 'own',
  'GET /attachments/{id}/link': { row: 'file' },
  'GET /attachments/{id}/text': { row: 'file' },
  'GET /persons/{id}/in-hand': PERSON,
  'POST /persons/{id}/hand-over': PERSON,
  'GET /access/persons/{id}': { row: 'person', roles: EXPLAINED, orSelf: true },
  'GET /access/records/{record}/{id}': { row: 'incident', roles: EXPLAINED },
  'GET /grants': { roles: ['manager', 'lead', 'auditor'] },
  'POST /grants': { row: 'person', roles: ['manager', 'lead'] },
  'DELETE /grants/{id}': { roles: ['manager', 'lead'], isOfOne: true },
  'GET /admin/seal': { roles: ['auditor'] },
  'POST /admin/seal/verify': { roles: ['auditor'] },
  'GET /retention/{record}/{id}/holds': INCIDENT,
  'GET /journal': { roles: ['auditor'] },
  'GET /journal/export': { roles: ['auditor'] },
  'GET /journal/{id}/proof': 'own',
  'GET /imports/{id}/problems': NO_FILE,
  'GET /imports/{id}/rejected': NO_FILE,
  'POST /imports/{id}/dryrun': { row: 'importBatch', roles: ['manager', 'lead'] },
  'POST /imports/{id}/run': { row: 'importBatch', roles: ['manager', 'lead'] },
  'POST /imports/{id}/undo': { row: 'importBatch', roles: ['manager', 'lead'] },
  'GET /services/{id}/impact': { row: 'service', ...FIGURES },
  'GET /services/{id}/map': { row: 'service', ...FIGURES },
  'GET /incidents/{id}/impact': { row: 'incident', ...FIGURES },
  'GET /reports/service-levels': FIGURES,
  'GET /reports/service-levels/list': FIGURES,
  'GET /reports/service-health': FIGURES,
  'POST /incidents/{id}/merge': { row: 'incident', changes: true },
  'POST /incidents/{id}/unmerge': { row: 'incident', changes: true },
  'GET /incidents/{id}/family': INCIDENT,
  'POST /incidents/{id}/resolve-family': { row: 'incident', changes: true },
  'GET /incidents/{id}/crew': { row: 'incident', ...STAFF, isEnoughInPart: true },
  'POST /incidents/{id}/declare-major': { row: 'incident', ...STAFF, isEnoughInPart: true },
  'GET /majorincidents/running': FIGURES,
  'GET /majorincidents/{id}/chronicle': { row: 'majorIncident' },
  'POST /majorincidents/{id}/actions': { row: 'majorIncident' },
  'GET /incidents/similar': 'own',
  'GET /incidents/{id}/similar': INCIDENT,
  'GET /incidents/suggest': STAFF,
  'POST /cannedreplies/{id}/fill': { row: 'cannedReply', alsoRow: 'incident' },
  'GET /reports/desk': FIGURES_IN_PART,
  'GET /reports/incident-log': FIGURES_IN_PART,
  'GET /bridge': FIGURES,
  'GET /reports/{id}/page': { row: 'report' },
  'POST /reports/{id}/issues': { row: 'report' },
  'GET /reportissues/{id}/page': { row: 'reportIssue' },
  'GET /reports/{id}/file': { row: 'report' },
  'GET /reportissues/{id}/file': { row: 'reportIssue' },
  'GET /reports/ready': 'all',
  'POST /reports/ready': { roles: ['manager', 'lead'] },
}

/** Routes that ask nobody who they are, each with what keeps it. A public route that does not stand here fails the matrix. */
export const PUBLIC: Readonly<Record<string, string>> = {
  'GET /sign-in/providers': 'names of the ways to sign in, before anybody has',
  'GET /sign-in/trouble/{key}': 'one sentence about one failed sign-in, under a key that was given to its browser',
  'POST /sign-in/ldap/{provider}': 'a name and a password, slowed down when they are wrong',
  'GET /sign-in/oidc/{provider}': 'leads to the provider',
  'GET /sign-in/oidc/{provider}/callback': "the provider's answer, with the state and nonce of this browser",
  'POST /sign-in/oidc/{provider}/logout': "the provider's signed word that a session is over",
  'GET /sign-in/saml/{provider}': 'leads to the provider',
  'GET /sign-in/saml/{provider}/metadata': 'what the provider must know of us',
  'POST /sign-in/saml/{provider}/consume': "the provider's signed answer to a question of ours",
  'GET /sign-in/saml/{provider}/finish': 'the same browser as the one that asked, by its cookie',
  'GET /password-reset': 'whether a mail can be sent at all',
  'POST /password-reset': 'answers the same whoever is named',
  'GET /unsubscribe/{key}': 'a signed key of one person and one event',
  'POST /unsubscribe/{key}': 'a signed key of one person and one event',
  'POST /password-link/look': 'a single-use key in the body',
  'POST /password-link/use': 'a single-use key in the body',
  'GET /files/{sha256}/{name}': 'a signed address that ends after minutes',
  'GET /openapi.json': 'the description of the product, the same for all',
  'GET /setup': 'whether anybody has set this up yet',
  'POST /setup': 'the one-time key that the start printed',
  'POST /session': 'a name and a password, slowed down when they are wrong',
  'GET /session/ways': 'the ways to sign in, the same for all',
  'POST /session/second': 'the second half of a sign-in that has begun',
  'POST /session/passkey/options': 'a challenge, the same for all',
  'POST /session/passkey': 'a signed challenge',
  'GET /survey/{key}': 'a key of one question to one person',
  'POST /survey/{key}': 'a key of one question to one person',
}

/** What even somebody entitled is told where nothing is amiss: the state of the cast is not the one that the route is for. */
export const NOT_NOW: Readonly<Record<string, readonly [number, RegExp]>> = {
  'POST /incidents/{id}/unmerge': [409, /is not merged/],
  'POST /imports/{id}/dryrun': [409, /has no mapping yet/],
  'POST /imports/{id}/run': [409, /has no mapping yet/],
  'POST /imports/{id}/undo': [409, /has not been run yet/],
  'GET /attachments/{id}/text': [415, /holds no text/],
  'POST /majorincidents/{id}/actions': [409, /is an improvement action already/],
}
