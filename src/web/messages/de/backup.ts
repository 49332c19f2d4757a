// German: Settings, Backup.
import type { backup as english } from '../en/backup.ts'

export const backup: typeof english = {
  title: 'Sicherung',
  about:
    'Eine Sicherung zählt erst, wenn sie wiederhergestellt wurde: der Wiederherstellungstest spielt sie in einen Probeserver ein, vergleicht jede Anzahl und prüft das Siegel des Journals.',
  now: 'Jetzt sichern',
  started: 'Die Sicherung hat begonnen. Sie erscheint unten.',
  prove: 'Jetzt testen',
  proving: 'Der Wiederherstellungstest hat begonnen.',
  none: 'Noch keine Sicherungen. Legen Sie jetzt die erste an; danach übernimmt es der Zeitplan.',
  place: 'Ablage',
  sameDisk:
    'Das ist der Datenträger, auf dem auch die Daten liegen: beides ginge zusammen verloren. Setzen Sie PILOTHOUSE_BACKUP_TO auf einen anderen Datenträger oder auf S3-Speicher.',
  plain:
    'Nicht verschlüsselt, deshalb fehlen die Schlüssel dieser Installation darin. Setzen Sie PILOTHOUSE_BACKUP_PASSPHRASE_FILE, um zu verschlüsseln.',
  encrypted: 'Verschlüsselt, mit den Schlüsseln dieser Installation.',
  newest: 'Neueste',
  proven: 'Zuletzt getestet',
  never: 'nie',
  when: 'Angelegt',
  size: 'Größe',
  content: 'Zeilen und Dateien',
  state: 'Status',
  proof: 'Wiederherstellungstest',
  states: { running: 'Wird angelegt', done: 'Angelegt', failed: 'Fehlgeschlagen' },
  proofs: { running: 'Wird getestet', good: 'Bestanden', failed: 'Fehlgeschlagen', none: 'Nicht getestet' },
  unsound: (count) => `${count} Anhänge beschädigt oder fehlend`,
  schedule: 'Zeitplan',
  isOn: 'Sicherungen anlegen',
  at: 'Um (UTC)',
  daily: 'Aufzubewahrende Tage',
  weekly: 'Aufzubewahrende Wochen',
  monthly: 'Aufzubewahrende Monate',
  proveDays: 'Test alle … Tage',
  save: 'Zeitplan speichern',
  saved: 'Zeitplan gespeichert',
  fixed: 'Einiges davon legt die Umgebung des Servers fest.',
  archive: {
    title: 'Zeitpunktgenau',
    about:
      'Neben den Sicherungen wird jede Änderung archiviert, sodass sich jeder Zeitpunkt der letzten Tage zurückholen lässt. Das tut, wer den Rechner betreibt: pilothouse restore --to-time 2026-11-22T01:23:45Z --replace',
    none: 'Hier wird nichts archiviert: es ist abgeschaltet, oder die Datenbank ist eine externe.',
    state: 'Archiv',
    works: 'Arbeitet',
    fails: 'Gestört',
    first: 'Erste Grundsicherung steht aus',
    window: 'Zurückholbar',
    nothing: 'noch kein Zeitpunkt',
    span: (from, until) => `${from} bis ${until}`,
    last: 'Zuletzt archiviert',
    never: 'nie',
    place: 'Ablage',
    sameDisk:
      'Das ist der Datenträger, auf dem auch die Daten liegen: es hilft gegen Versehen, nicht gegen seinen Verlust. Setzen Sie PILOTHOUSE_ARCHIVE_TO auf einen Ordner eines anderen Datenträgers.',
    kept: (days, bases, size) =>
      `${days} Tage, ${bases} ${bases === 1 ? 'Grundsicherung' : 'Grundsicherungen'}, ${size}`,
  },
}
