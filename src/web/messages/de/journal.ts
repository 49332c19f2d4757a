// German: Settings, Journal: everything that was done, found again.
import type { journal as english } from '../en/journal.ts'
import { count } from './count.ts'

export const journal: typeof english = {
  title: 'Journal',
  about:
    'Alles, was in dieser Organisation getan wurde, Neuestes zuerst: für Administration und Revision. Niemand kann es ändern; der Beweis eines Eintrags zeigt, dass es niemand getan hat.',
  person: 'Person',
  record: 'Datensatz',
  recordHint: 'INC-1042, oder eine Art: incident',
  action: 'Handlung',
  actionHint: 'create, change, bin oder ein Statuswechsel',
  origin: 'Herkunft',
  anyOrigin: 'Jede',
  request: 'Anfrage',
  requestHint: 'die Kennung aus einer Antwort oder Logzeile',
  from: 'Von',
  before: 'Vor',
  search: 'Suchen',
  clear: 'Leeren',
  when: 'Wann',
  what: 'Was',
  changes: 'Änderungen',
  product: 'Pilothouse',
  onBehalf: (name) => `aus Sicht von ${name}`,
  happened: (at) => `geschehen ${at}`,
  more: (n) => count(n, 'weiteres Feld', 'weitere Felder'),
  proof: 'Beweis',
  proofOf: (what) => `Beweis für: ${what}`,
  older: 'Ältere',
  newest: 'Neueste',
  none: 'Nichts gefunden.',
  goesOn: 'Auf dieser Seite nichts; die Suche geht mit älteren Einträgen weiter.',
  exportCsv: 'CSV exportieren',
  exportJsonl: 'JSONL exportieren',
}
