// German: Settings, Calendar feeds.
import type { calendars as english } from '../en/calendars.ts'

export const calendars: typeof english = {
  title: 'Kalender-Abos',
  about:
    'Was hier ein Datum hat, im Kalender Ihres Telefons oder Rechners: Aufgaben, Abwesenheiten, Fälligkeiten. Wählen Sie, was das Abo zeigt, und abonnieren Sie dort seine Adresse. Es zeigt, was Sie lesen dürfen, und endet, wenn Sie es beenden oder ausscheiden.',
  name: 'Name',
  usualName: 'Pilothouse',
  shows: 'Was es zeigt',
  none: 'Nichts',
  mine: 'Meine',
  all: 'Alles, was ich lesen darf',
  make: 'Abo anlegen',
  choose: 'Wählen Sie mindestens eine Art von Datensatz.',
  once: 'Abonnieren Sie diese Adresse jetzt: Sie wird nicht noch einmal gezeigt. Wer sie kennt, liest den Kalender.',
  address: 'Adresse des Abos',
  copy: 'Kopieren',
  copied: 'Kopiert',
  open: 'Im Kalenderprogramm öffnen',
  empty: 'Noch keine Abos.',
  made: 'Angelegt',
  lastRead: 'Zuletzt gelesen',
  never: 'nie',
  end: 'Beenden',
  endSure: (name: string) => `„${name}“ beenden? Kalender, die es zeigen, werden nicht mehr aktualisiert.`,
}
