// The rule of every route that no record's declaration makes. A route without one fails the matrix: say here who may ask.
import type { Role } from '#kit/record.ts'

/** own: about the asker alone · all: the same for everybody of the organisation · a record: whoever may read that row · roles: for the whole organisation, unless a part of it is enough. */
export type Rule =
  | 'own'
  | 'all'
  | { readonly row: string }
  | { readonly roles: readonly Role[]; readonly isEnoughInPart?: true }
const STAFF: Rule = { roles: ['manager', 'lead', 'agent'] }
const FIGURES: Rule = { roles: ['manager', 'lead', 'agent', 'officer', 'auditor'] }
/** Counted over what the asker may read. */
const FIGURES_IN_PART: Rule = { roles: ['manager', 'lead', 'agent', 'officer', 'auditor'], isEnoughInPart: true }
const INCIDENT: Rule = { row: 'incident' }
const PERSON: Rule = { row: 'person' }

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
  'PATCH /me/preferences': 'own',
  'GET /records': 'own',
  'GET /search': 'own',
  'POST /undo': 'own',
  'GET /events': 'own',
  'GET /grants/choices': 'own',
  'DELETE /view-as': 'own',
  'GET /settings': 'all',
  'GET /calendars/holidays': 'all',
  'GET /calendars/regions': 'all',
  'POST /calendars/preview': 'all',
  'POST /calendars/feed-preview': { roles: ['manager', 'lead'] },
  'GET /attachments/{id}/link': { row: 'file' },
  'GET /persons/{id}/in-hand': PERSON,
  'POST /persons/{id}/hand-over': PERSON,
  'GET /access/persons/{id}': PERSON,
  'GET /access/records/{record}/{id}': INCIDENT,
  'GET /grants': { roles: ['manager', 'lead', 'auditor'] },
  'POST /grants': PERSON,
  'DELETE /grants/{id}': { roles: ['manager', 'lead'] },
  'GET /admin/seal': { roles: ['auditor'] },
  'POST /admin/seal/verify': { roles: ['auditor'] },
  'GET /retention/{record}/{id}/holds': INCIDENT,
  'GET /journal': { roles: ['auditor'] },
  'GET /journal/export': { roles: ['auditor'] },
  'GET /journal/{id}/proof': 'own',
  'POST /imports/{id}/dryrun': { row: 'importBatch' },
  'POST /imports/{id}/run': { row: 'importBatch' },
  'POST /imports/{id}/undo': { row: 'importBatch' },
  'GET /services/{id}/impact': FIGURES,
  'GET /services/{id}/map': FIGURES,
  'GET /incidents/{id}/impact': INCIDENT,
  'GET /reports/service-levels': FIGURES,
  'GET /reports/service-levels/list': FIGURES,
  'GET /reports/service-health': FIGURES,
  'POST /incidents/{id}/merge': INCIDENT,
  'POST /incidents/{id}/unmerge': INCIDENT,
  'GET /incidents/{id}/family': INCIDENT,
  'POST /incidents/{id}/resolve-family': INCIDENT,
  'GET /incidents/{id}/crew': INCIDENT,
  'POST /incidents/{id}/declare-major': INCIDENT,
  'GET /majorincidents/running': FIGURES,
  'GET /majorincidents/{id}/chronicle': { row: 'majorIncident' },
  'POST /majorincidents/{id}/actions': { row: 'majorIncident' },
  'GET /incidents/similar': 'own',
  'GET /incidents/{id}/similar': INCIDENT,
  'GET /incidents/suggest': STAFF,
  'POST /cannedreplies/{id}/fill': { row: 'cannedReply' },
  'GET /reports/desk': FIGURES_IN_PART,
  'GET /reports/incident-log': FIGURES_IN_PART,
  'GET /bridge': FIGURES,
}
