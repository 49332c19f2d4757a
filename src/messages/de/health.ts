/** German of the health page. */
export const health: Readonly<Record<string, string>> = {
  'Point in time': 'Jeder Zeitpunkt',
  'the log of an external database is archived by its own administrators':
    'das Protokoll einer externen Datenbank archivieren ihre eigenen Administratoren',
  'switched off (PILOTHOUSE_ARCHIVE_TO=off)': 'ausgeschaltet (PILOTHOUSE_ARCHIVE_TO=off)',
  'the server of this database archives nothing': 'der Server dieser Datenbank archiviert nichts',
  'Since {0} the log cannot be written to {1}: {2} Make room or mend the folder; then it goes on by itself. Pilothouse works on, but moments since then cannot be brought back yet.':
    'Seit {0} kann das Protokoll nicht nach {1} geschrieben werden: {2} Schaffen Sie Platz oder bringen Sie den Ordner in Ordnung; dann geht es von selbst weiter. Pilothouse arbeitet weiter, aber Zeitpunkte seither lassen sich noch nicht zurückholen.',
  'The database cannot hand over its log since {0}. See whether the disk is full; the reason is in postgres-logs in the data folder. Then it goes on by itself.':
    'Die Datenbank kann ihr Protokoll seit {0} nicht übergeben. Sehen Sie nach, ob der Datenträger voll ist; der Grund steht in postgres-logs im Datenordner. Danach geht es von selbst weiter.',
  'The last base backup failed: {0} Then make one: pilothouse archive base':
    'Die letzte Grundsicherung ist fehlgeschlagen: {0} Machen Sie danach eine: pilothouse archive base',
  'The archive cannot be read: {0} Mend {1}.': 'Das Archiv ist nicht lesbar: {0} Bringen Sie {1} in Ordnung.',
  'The database was started without it. Stop Pilothouse and start it again.':
    'Die Datenbank wurde ohne Archiv gestartet. Halten Sie Pilothouse an und starten Sie es neu.',
  'The first base backup is made within minutes of the start. Or make it now: pilothouse archive base':
    'Die erste Grundsicherung entsteht wenige Minuten nach dem Start. Oder machen Sie sie jetzt: pilothouse archive base',
  '{0} segments of the log wait to be archived. See whether a process with the role worker runs.':
    '{0} Abschnitte des Protokolls warten auf die Archivierung. Sehen Sie nach, ob ein Prozess mit der Rolle worker läuft.',
  'The segment {0} of the log is missing, so later moments cannot be brought back. A new base backup is made within the hour; or make it now: pilothouse archive base':
    'Der Abschnitt {0} des Protokolls fehlt, deshalb lassen sich spätere Zeitpunkte nicht zurückholen. Innerhalb einer Stunde entsteht eine neue Grundsicherung; oder machen Sie sie jetzt: pilothouse archive base',
  'no moment can be brought back': 'kein Zeitpunkt lässt sich zurückholen',
  'nothing archived yet': 'noch nichts archiviert',
  'last archived {0} min ago': 'zuletzt vor {0} Min. archiviert',
  'any moment from {0} to {1}': 'jeder Zeitpunkt von {0} bis {1}',
  'any moment from {0} to {1}, and an earlier span': 'jeder Zeitpunkt von {0} bis {1}, dazu eine frühere Spanne',
  'any moment from {0} to {1}, and {2} earlier spans': 'jeder Zeitpunkt von {0} bis {1}, dazu {2} frühere Spannen',
  'last {0}, last proven {1}': 'letzte {0}, letzter Wiederherstellungstest {1}',
  Backup: 'Sicherung',
  'The last backup failed: {0} Then make one: Settings, Backup, or pilothouse backup.':
    'Die letzte Sicherung ist fehlgeschlagen: {0} Machen Sie danach eine: Einstellungen, Sicherung, oder pilothouse backup.',
  'The proof of {0} failed: {1} Make a new backup and prove it.':
    'Der Wiederherstellungstest von {0} ist fehlgeschlagen: {1} Machen Sie eine neue Sicherung und testen Sie sie.',
  'The first one is made at {0} UTC. Make one now under Settings, Backup.':
    'Die erste entsteht um {0} UTC. Machen Sie jetzt eine unter Einstellungen, Sicherung.',
  'No backups are made. Switch them on under Settings, Backup.':
    'Es werden keine Sicherungen gemacht. Schalten Sie sie unter Einstellungen, Sicherung ein.',
  'No backup for two days. See whether a worker runs, and make one by hand: pilothouse backup':
    'Seit zwei Tagen keine Sicherung. Sehen Sie nach, ob ein Prozess mit der Rolle worker läuft, und machen Sie eine von Hand: pilothouse backup',
  'Only a restored backup is a backup: prove the newest under Settings, Backup, or with pilothouse backup prove.':
    'Nur eine wiederhergestellte Sicherung ist eine: Testen Sie die neueste unter Einstellungen, Sicherung, oder mit pilothouse backup prove.',
  'Backup: {0}.': 'Sicherung: {0}.',
  'Backups need you': 'Die Sicherungen brauchen Sie',
  'Backups work again': 'Die Sicherungen gelingen wieder',
  'Open the backups': 'Sicherungen öffnen',
  'You get this because you are an administrator. It comes once a day until it is mended.':
    'Sie erhalten dies, weil Sie Administrator sind. Es kommt einmal am Tag, bis es behoben ist.',
  'Backups are switched off. Switch them on under Settings, Backup.':
    'Sicherungen sind ausgeschaltet. Schalten Sie sie unter Einstellungen, Sicherung ein.',
  'Backups lie on the same disk as the data and are lost with it. Set PILOTHOUSE_BACKUP_TO to another disk or to s3://bucket/prefix.':
    'Die Sicherungen liegen auf demselben Datenträger wie die Daten und gehen mit ihm verloren. Setzen Sie PILOTHOUSE_BACKUP_TO auf einen anderen Datenträger oder auf s3://bucket/prefix.',
  '{0} min ago': 'vor {0} Min.',
  '{0} h ago': 'vor {0} Std.',
  '{0} days ago': 'vor {0} Tagen',
  Database: 'Datenbank',
  Version: 'Version',
  Schema: 'Schema',
  Organisations: 'Organisationen',
  Disk: 'Datenträger',
  Memory: 'Arbeitsspeicher',
  'Background jobs': 'Hintergrundaufträge',
  Reactions: 'Reaktionen',
  Search: 'Suche',
  'Journal seal': 'Siegel des Journals',
  Certificate: 'Zertifikat',
  Mail: 'E-Mail',
  'cannot be found out: {0}': 'lässt sich nicht feststellen: {0}',
  'Mend what the sentence says, and look again. The other lines may say why.':
    'Beheben Sie, was der Satz nennt, und sehen Sie wieder nach. Die anderen Zeilen sagen vielleicht, warum.',
  '{0} failed': '{0} fehlgeschlagen',
  'Look at them under Settings, Jobs, and run them again.':
    'Sehen Sie sie unter Einstellungen, Aufträge an und starten Sie sie erneut.',
  'all running': 'alle laufen',
  'Clocks, rules or screens lag behind. The sentence says why; they go on by themselves once it is mended.':
    'Uhren, Regeln oder Ansichten hinken nach. Der Satz sagt, warum; sie gehen von selbst weiter, sobald es behoben ist.',
  'no external checkpoint yet': 'noch kein Prüfpunkt außerhalb',
  'last external checkpoint {0} s old': 'letzter Prüfpunkt außerhalb {0} s alt',
  'last external checkpoint {0} min old': 'letzter Prüfpunkt außerhalb {0} Min. alt',
  'not verified yet': 'noch nicht geprüft',
  'verified {0} UTC': 'geprüft {0} UTC',
  'rows compared {0} UTC': 'Zeilen verglichen {0} UTC',
  '{0} entries sealed': '{0} Einträge versiegelt',
  '{0} shows none to this machine: {1}': '{0} zeigt diesem Rechner keines: {1}',
  'See whether the proxy before Pilothouse runs, and whether PUBLIC_URL is its address. If it is only not reachable from here, look at the certificate from elsewhere.':
    'Sehen Sie nach, ob der Proxy vor Pilothouse läuft und ob PUBLIC_URL seine Adresse ist. Ist er nur von hier nicht erreichbar, sehen Sie das Zertifikat von anderswo an.',
  'ended on {0}': 'abgelaufen am {0}',
  '1 day left, until {0}': 'noch 1 Tag, bis {0}',
  '{0} days left, until {1}': 'noch {0} Tage, bis {1}',
  'Browsers refuse to open Pilothouse. Renew the certificate at the proxy.':
    'Browser weigern sich, Pilothouse zu öffnen. Erneuern Sie das Zertifikat am Proxy.',
  'It is for another name, so browsers refuse it: {0} Get one for PUBLIC_URL.':
    'Es gilt für einen anderen Namen, deshalb lehnen Browser es ab: {0} Holen Sie eines für PUBLIC_URL.',
  'Renew it at the proxy; if that should happen by itself, see why it did not.':
    'Erneuern Sie es am Proxy; sollte das von selbst geschehen, sehen Sie nach, warum es nicht geschah.',
  'This machine does not trust its issuer ({0}). Right if your own authority issued it and visitors know that; otherwise let the proxy send the whole chain.':
    'Dieser Rechner vertraut dem Aussteller nicht ({0}). Richtig, wenn Ihre eigene Stelle es ausgestellt hat und die Besucher das wissen; sonst lassen Sie den Proxy die ganze Kette senden.',
  'none needed: PUBLIC_URL is of this machine alone': 'keines nötig: PUBLIC_URL gilt nur auf diesem Rechner',
  'PUBLIC_URL is http, without one': 'PUBLIC_URL ist http, ohne eines',
  'Passwords travel in the clear. Put a proxy with a certificate in front and set PUBLIC_URL to its https address.':
    'Passwörter reisen im Klartext. Stellen Sie einen Proxy mit Zertifikat davor und setzen Sie PUBLIC_URL auf seine https-Adresse.',
  embedded: 'eingebettet',
  external: 'extern',
  'PostgreSQL {0}, behind {1}, {2}, {3}': 'PostgreSQL {0}, hinter {1} zurück, {2}, {3}',
  'PostgreSQL {0}, {1}, {2}': 'PostgreSQL {0}, {1}, {2}',
  'made by a newer Pilothouse (it knows {0})': 'von einem neueren Pilothouse angelegt (es kennt {0})',
  'Start the newer program here too, or restore a backup from before the upgrade.':
    'Starten Sie auch hier das neuere Programm, oder stellen Sie eine Sicherung von vor der Aktualisierung wieder her.',
  '{0} differs from what was applied': '{0} weicht von dem ab, was angewendet wurde',
  'Put the released file back; changes go into a new migration.':
    'Legen Sie die veröffentlichte Datei zurück; Änderungen gehören in eine neue Migration.',
  '1 migration is pending: {0}': '1 Migration steht aus: {0}',
  '{0} migrations are pending, the first: {1}': '{0} Migrationen stehen aus, die erste: {1}',
  'The next start applies them. Make a backup before: pilothouse backup':
    'Der nächste Start wendet sie an. Machen Sie vorher eine Sicherung: pilothouse backup',
  '{0} migrations applied, none pending': '{0} Migrationen angewendet, keine steht aus',
  'this node and the database agree': 'dieser Knoten und die Datenbank stimmen überein',
  'the database is {0} s behind this node': 'die Datenbank geht {0} s gegenüber diesem Knoten nach',
  'the database is {0} s ahead of this node': 'die Datenbank geht {0} s gegenüber diesem Knoten vor',
  'Let both machines take the time from the network (chrony or systemd-timesyncd). Due times and sign-in codes are wrong until then.':
    'Lassen Sie beide Rechner die Zeit aus dem Netz nehmen (chrony oder systemd-timesyncd). Fälligkeiten und Anmeldecodes sind bis dahin falsch.',
  Writing: 'Schreiben',
  'not measured yet': 'noch nicht gemessen',
  'the database takes {0} ms to keep a change': 'die Datenbank braucht {0} ms, um eine Änderung zu sichern',
  'The disk of the database is slow, or something else keeps it busy: everybody waits at every change, and nothing is lost. See what else writes there (a backup, another program, a RAID that is being rebuilt), or move the data to a quicker disk.':
    'Die Festplatte der Datenbank ist langsam, oder etwas anderes beschäftigt sie: Alle warten bei jeder Änderung, verloren geht nichts. Sehen Sie nach, was dort sonst schreibt (eine Sicherung, ein anderes Programm, ein RAID im Wiederaufbau), oder legen Sie die Daten auf eine schnellere Festplatte.',
  '{0}; it was set forward by {1} min at {2}': '{0}; sie wurde um {1} Min. vorgestellt, um {2}',
  '{0}; it was set back by {1} min at {2}': '{0}; sie wurde um {1} Min. zurückgestellt, um {2}',
  'See why the clock of this machine was set, or whether the machine slept. What was written meanwhile carries the time of then; the order of the journal is not touched.':
    'Sehen Sie nach, warum die Uhr dieses Rechners gestellt wurde oder ob der Rechner schlief. Was inzwischen geschrieben wurde, trägt die damalige Zeit; die Reihenfolge des Journals ist nicht berührt.',
  'words, and proposals for mistyped ones': 'Wörter, und Vorschläge für vertippte',
  'words alone; mistyped ones get no proposal': 'nur Wörter; für vertippte gibt es keinen Vorschlag',
  'Let an administrator of the database say in it: create extension pg_trgm; it comes with PostgreSQL (Debian: postgresql-contrib). Proposals begin a minute later.':
    'Lassen Sie in der Datenbank jemanden, der sie verwaltet, ausführen: create extension pg_trgm; die Erweiterung gehört zu PostgreSQL (Debian: postgresql-contrib). Vorschläge beginnen eine Minute später.',
  'kept apart by the database': 'von der Datenbank getrennt gehalten',
  'kept apart by the program alone': 'nur vom Programm getrennt gehalten',
  'Let an administrator of the database say: create role {0}_tenant nologin; grant {1}_tenant to {2}; and start Pilothouse again.':
    'Lassen Sie jemanden, der die Datenbank verwaltet, ausführen: create role {0}_tenant nologin; grant {1}_tenant to {2}; und starten Sie Pilothouse neu.',
  'A pooler in transaction mode stands before the database. Connect directly to have the database watch as well.':
    'Vor der Datenbank steht ein Pooler im Transaktionsmodus. Verbinden Sie sich direkt, damit auch die Datenbank wacht.',
  '{0} GB free ({1} %)': '{0} GB frei ({1} %)',
  'Free space on the disk that holds the data folder, or move the folder to a larger one.':
    'Schaffen Sie Platz auf dem Datenträger mit dem Datenordner, oder verlegen Sie den Ordner auf einen größeren.',
  '{0} of {1} GB available, {2} MB used by this process': '{0} von {1} GB verfügbar, {2} MB von diesem Prozess belegt',
  'Give the machine or the container more memory, or end what else runs there. When none is left the system ends a process, perhaps the database.':
    'Geben Sie dem Rechner oder dem Container mehr Arbeitsspeicher, oder beenden Sie, was dort sonst läuft. Ist keiner mehr da, beendet das System einen Prozess, vielleicht die Datenbank.',
  'nothing delivered yet': 'noch nichts zugestellt',
  'last delivered {0}': 'zuletzt zugestellt {0}',
  'not set up': 'nicht eingerichtet',
  '{0} waiting': '{0} warten',
  '{0} held': '{0} zurückgehalten',
  '{0} failed in seven days': '{0} in sieben Tagen fehlgeschlagen',
  'Mails wait that nobody sends. Give a server under Settings, Mail; what waits is shown there.':
    'Es warten E-Mails, die niemand sendet. Geben Sie unter Einstellungen, E-Mail einen Server an; was wartet, steht dort.',
  'No mail leaves since {0}: {1} Mend it under Settings, Mail; nothing is lost, it goes on by itself.':
    'Seit {0} geht keine E-Mail hinaus: {1} Beheben Sie es unter Einstellungen, E-Mail; nichts ist verloren, es geht von selbst weiter.',
  'Mails wait for more than an hour. Settings, Mail says why; see whether a process with the role worker runs.':
    'E-Mails warten seit mehr als einer Stunde. Einstellungen, E-Mail sagt, warum; sehen Sie nach, ob ein Prozess mit der Rolle worker läuft.',
  'Settings, Mail says which were refused and why. Correct the address, then send again, or discard them.':
    'Einstellungen, E-Mail sagt, welche abgelehnt wurden und warum. Berichtigen Sie die Adresse und senden Sie erneut, oder verwerfen Sie sie.',
  'Content policy': 'Inhaltsrichtlinie',
  'nothing reported since the start': 'seit dem Start nichts gemeldet',
  '{0} reported since the start, the last: {1} refused {2} on {3}':
    '{0} seit dem Start gemeldet, zuletzt: {1} hat {2} auf {3} abgelehnt',
  'A page tried to run or load what is forbidden. The log has each report; if nobody installed an extension or changed a proxy, treat it as an attempt at an attack.':
    'Eine Seite wollte ausführen oder laden, was verboten ist. Das Protokoll enthält jede Meldung; wenn niemand eine Erweiterung installiert oder einen Proxy geändert hat, behandeln Sie es als Angriffsversuch.',
  'Point PILOTHOUSE_PG_BIN at newer programs of the same major version, or update Pilothouse as soon as it brings them. The embedded server listens on no network port, which is why this is no emergency.':
    'Lassen Sie PILOTHOUSE_PG_BIN auf neuere Programme derselben Hauptversion zeigen, oder aktualisieren Sie Pilothouse, sobald es sie mitbringt. Der eingebettete Server lauscht an keinem Netzwerkanschluss, deshalb ist das kein Notfall.',
  'Install the update of your distribution and restart PostgreSQL; a minor release needs no migration.':
    'Installieren Sie die Aktualisierung Ihrer Distribution und starten Sie PostgreSQL neu; eine Unterversion braucht keine Migration.',
  'PostgreSQL {0} is no longer maintained since {1}. Move to a newer one: pilothouse move --to …':
    'PostgreSQL {0} wird seit {1} nicht mehr gepflegt. Ziehen Sie auf eine neuere um: pilothouse move --to …',
  '{0} is out (known on {1}), with repairs of security faults. {2}':
    '{0} ist erschienen (Stand {1}) und behebt Sicherheitsfehler. {2}',
}
