// German: The report on how service levels were kept.
import type { levelReport as english } from '../en/level-report.ts'
import { count } from './count.ts'

export const levelReport: typeof english = {
  levels: {
    nav: 'Service-Level-Bericht',
    title: 'Wie Service-Levels eingehalten wurden',
    by: 'Zeilen',
    bys: { month: 'Monat', service: 'Service', priority: 'Priorität', agreement: 'Vereinbarung' },
    clock: 'Frist',
    span: 'Zeitraum',
    spans: {
      '-30d': 'letzte 30 Tage',
      '-90d': 'letzte 90 Tage',
      '-12mo': 'letzte 12 Monate',
      startOfYear: 'dieses Jahr',
      '-24mo': 'letzte 24 Monate',
    },
    asOf: (time) => `Stand ${time}`,
    total: 'Alle',
    percent: 'Quote',
    met: 'Eingehalten',
    breached: 'Überschritten',
    running: 'Läuft',
    none: 'In diesem Zeitraum lief keine solche Frist. Ein Service-Level mit Zielen setzt sie in Gang.',
    noneLink: 'Service-Levels',
    noneKey: 'keine',
    chart: (from, to) =>
      `Eingehalten in Prozent nach Monat, von ${from} bis ${to}; die Tabelle darunter hat die Zahlen.`,
    openList: (n, state, row) => `${n} ${state}: ${row}`,
    behind: (state, row) => `${state}: ${row}`,
    states: { met: 'Eingehalten', breached: 'Überschritten', running: 'Läuft' },
    close: 'Liste schließen',
    asList: 'Alle als Liste öffnen',
    more: 'Mehr zeigen',
    counted:
      'Eine Frist zählt in dem Zeitraum, in dem sie begann, eine Störung also bei ihrer Eröffnung. „Rechtzeitig gelöst“ auf der Brücke zählt am Tag der Lösung.',
    ended: (n) => count(n, 'Frist beendet', 'Fristen beendet'),
    waiting: 'Wird gezählt …',
    export: 'Als CSV kopieren',
    subject: 'Betreff',
    noPercent: '–',
  },
}
