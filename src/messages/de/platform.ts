/** German texts of the server: requests, backups, feeds. */
export const platform: Readonly<Record<string, string>> = {
  'The attachment {0} came out as another one. Take another backup.':
    'Der Anhang {0} kam verändert heraus. Nehmen Sie eine andere Sicherung.',
  'The attachments of this backup end too early. Take another backup.':
    'Die Anhänge dieser Sicherung enden zu früh. Nehmen Sie eine andere Sicherung.',
  'The backup has a table "{0}" that this program does not know. Use the program that made it, or a newer one.':
    'Die Sicherung hat eine Tabelle „{0}“, die dieses Programm nicht kennt. Verwenden Sie das Programm, das sie angelegt hat, oder ein neueres.',
  'The table "{0}" took {1} rows of {2}. Nothing was changed. Try again, and report it if it happens again.':
    'Die Tabelle „{0}“ hat {1} von {2} Zeilen aufgenommen. Nichts wurde geändert. Versuchen Sie es noch einmal, und melden Sie es, wenn es wieder geschieht.',
  'The passphrase has {0} characters. Use at least {1}; five random words are good.':
    'Die Passphrase hat {0} Zeichen. Verwenden Sie mindestens {1}; fünf zufällige Wörter sind gut.',
  'This backup is encrypted. Put its passphrase into a file and name it in PILOTHOUSE_BACKUP_PASSPHRASE_FILE (or set PILOTHOUSE_BACKUP_PASSPHRASE).':
    'Diese Sicherung ist verschlüsselt. Legen Sie ihre Passphrase in eine Datei, und nennen Sie diese in PILOTHOUSE_BACKUP_PASSPHRASE_FILE (oder setzen Sie PILOTHOUSE_BACKUP_PASSPHRASE).',
  'The header asks for more memory than a key needs. The file is damaged, or not one of ours.':
    'Der Kopf verlangt mehr Speicher, als ein Schlüssel braucht. Die Datei ist beschädigt oder keine von uns.',
  'The passphrase is not the one that this backup was encrypted with. Give that one.':
    'Mit dieser Passphrase wurde die Sicherung nicht verschlüsselt. Geben Sie die richtige an.',
  'Take another copy of it, or another backup.': 'Nehmen Sie eine andere Kopie davon, oder eine andere Sicherung.',
  'This is no backup of Pilothouse. Give the file that `pilothouse backup` has made.':
    'Das ist keine Sicherung von Pilothouse. Geben Sie die Datei an, die `pilothouse backup` angelegt hat.',
  'The backup is damaged in its header (the first {0} bytes). {1}':
    'Die Sicherung ist in ihrem Kopf beschädigt (die ersten {0} Byte). {1}',
  'The backup has format {0} and was made by a newer Pilothouse; this one reads up to format {1}. Restore it with the newer program.':
    'Die Sicherung hat das Format {0} und stammt von einem neueren Pilothouse; dieses liest bis Format {1}. Stellen Sie sie mit dem neueren Programm wieder her.',
  'part {0} begins out of turn': 'Teil {0} beginnt außer der Reihe',
  'it belongs to part {0}, which is not open': 'es gehört zu Teil {0}, der nicht offen ist',
  'the part "{0}" is not what was written': 'der Teil „{0}“ ist nicht, was geschrieben wurde',
  'The backup is damaged at byte {0}: {1}. Nothing was changed. {2}':
    'Die Sicherung ist bei Byte {0} beschädigt: {1}. Nichts wurde geändert. {2}',
  'The backup is cut off: it ends at byte {0}, in the middle of what begins at byte {1}. Nothing was changed. {2}':
    'Die Sicherung ist abgeschnitten: Sie endet bei Byte {0}, mitten in dem, was bei Byte {1} beginnt. Nichts wurde geändert. {2}',
  '"{0}" is no place in S3 storage. Write it as s3://bucket/prefix.':
    '„{0}“ ist kein Ort in einem S3-Speicher. Schreiben Sie ihn als s3://bucket/prefix.',
  'S3 storage needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment.':
    'Der S3-Speicher braucht AWS_ACCESS_KEY_ID und AWS_SECRET_ACCESS_KEY in der Umgebung.',
  'The storage at {0} cannot be reached. Check PILOTHOUSE_S3_ENDPOINT and the network.':
    'Der Speicher unter {0} ist nicht erreichbar. Prüfen Sie PILOTHOUSE_S3_ENDPOINT und das Netz.',
  'status {0}': 'Status {0}',
  'The storage refused {0} {1}: {2}': 'Der Speicher hat {0} {1} abgelehnt: {2}',
  'The storage did not complete the upload: {0}': 'Der Speicher hat den Upload nicht abgeschlossen: {0}',
  'There is no {0} in {1}. `pilothouse backup list` shows what is there.':
    'In {1} gibt es kein {0}. `pilothouse backup list` zeigt, was da ist.',
  'The storage at {0} does not give out pieces of files.':
    'Der Speicher unter {0} gibt keine Teile von Dateien heraus.',
  'The storage refused {0}: status {1}.': 'Der Speicher hat {0} abgelehnt: Status {1}.',
  'There is no file {0}. Give the path of a backup; `pilothouse backup list` shows them.':
    'Es gibt keine Datei {0}. Geben Sie den Pfad einer Sicherung an; `pilothouse backup list` zeigt sie.',
  'This is nested too deeply. Send at most {0} levels.':
    'Das ist zu tief verschachtelt. Senden Sie höchstens {0} Ebenen.',
  '"{0}" is given twice. Give it once.': '„{0}“ ist zweimal angegeben. Geben Sie es einmal an.',
  '"{0}" holds a NUL character. Remove it.': '„{0}“ enthält ein NUL-Zeichen. Entfernen Sie es.',
  'Known are: {0}.': 'Bekannt sind: {0}.',
  'Did you mean {0}?': 'Meinten Sie {0}?',
  'There is no parameter "{0}". {1}': 'Es gibt keinen Parameter „{0}“. {1}',
  'Not a parameter. {0}': 'Kein Parameter. {0}',
  'If-Match holds the revision that you read, such as "3".': 'If-Match enthält die gelesene Revision, etwa "3".',
  'The file is larger than {0}. Send a smaller one, or a link to it.':
    'Die Datei ist größer als {0}. Senden Sie eine kleinere, oder eine Verknüpfung dorthin.',
  '{0} bytes': '{0} Byte',
  'Send the body as application/json.': 'Senden Sie den Inhalt als application/json.',
  'Sign in, or send a valid API token as "Authorization: Bearer …".':
    'Melden Sie sich an, oder senden Sie ein gültiges API-Token als "Authorization: Bearer …".',
  'Your organisation asks for a second factor. Set up an authenticator app or a passkey first.':
    'Ihre Organisation verlangt einen zweiten Faktor. Richten Sie zuerst eine Authenticator-App oder einen Passkey ein.',
  'You see Pilothouse as {0} does, and may only read. Stop viewing first.':
    'Sie sehen Pilothouse wie {0} und dürfen nur lesen. Beenden Sie zuerst diese Ansicht.',
  'You see Pilothouse as {0} does; this is for {1} alone.':
    'Sie sehen Pilothouse wie {0}; das hier ist allein für {1}.',
  'Only administrators may do this.': 'Das darf nur die Administration.',
  'The Idempotency-Key has at most 200 printable characters.':
    'Der Idempotency-Key hat höchstens 200 druckbare Zeichen.',
  'This Idempotency-Key was used for another request. Use a new one.':
    'Dieser Idempotency-Key wurde für eine andere Anfrage verwendet. Verwenden Sie einen neuen.',
  'The first request with this Idempotency-Key is still running. Ask again in a moment.':
    'Die erste Anfrage mit diesem Idempotency-Key läuft noch. Fragen Sie gleich noch einmal.',
  'This was done already. Its answer held a secret that is shown once; if it was lost, revoke it and make another.':
    'Das ist bereits geschehen. Die Antwort enthielt ein Geheimnis, das nur einmal gezeigt wird; ist es verloren, widerrufen Sie es, und legen Sie ein anderes an.',
  'The first request with this Idempotency-Key ended without an answer. Look at what it did.':
    'Die erste Anfrage mit diesem Idempotency-Key endete ohne Antwort. Sehen Sie nach, was sie getan hat.',
  'Too many requests from {0}. Wait a moment, then go on more slowly.':
    'Zu viele Anfragen von {0}. Warten Sie einen Moment, und machen Sie dann langsamer weiter.',
  'You are signed in as somebody else in this browser now. Reload the page; nothing was changed.':
    'In diesem Browser sind Sie jetzt als jemand anderes angemeldet. Laden Sie die Seite neu; geändert wurde nichts.',
  'This request came from another site.': 'Diese Anfrage kam von einer anderen Website.',
  'Too much is asked of Pilothouse at this moment. Try again in a few seconds.':
    'Von Pilothouse wird im Moment zu viel verlangt. Versuchen Sie es in einigen Sekunden noch einmal.',
  'The JSON that was sent breaks at line {0}, column {1}. Correct it there.':
    'Das gesendete JSON bricht in Zeile {0}, Spalte {1} ab. Berichtigen Sie es dort.',
  'What was sent is no JSON that is taken, and it is too long to say where it breaks. Check it, or send less at once.':
    'Was gesendet wurde, ist kein JSON, das angenommen wird, und zu lang, um die Stelle zu nennen. Prüfen Sie es, oder senden Sie weniger auf einmal.',
  'The JSON has a member that is called __proto__ or constructor, which is not taken. Call it differently.':
    'Das JSON hat einen Eintrag namens __proto__ oder constructor; der wird nicht angenommen. Nennen Sie ihn anders.',
  'Too many reports. Wait a minute.': 'Zu viele Berichte. Warten Sie eine Minute.',
  'Not understood': 'Nicht verstanden',
  'Not signed in': 'Nicht angemeldet',
  'Not allowed': 'Nicht erlaubt',
  'Not found': 'Nicht gefunden',
  Refused: 'Abgelehnt',
  'Changed meanwhile': 'Inzwischen geändert',
  'Too large': 'Zu groß',
  'Unknown content': 'Unbekannter Inhalt',
  'Does not fit': 'Passt nicht',
  'Revision missing': 'Revision fehlt',
  'Too many requests': 'Zu viele Anfragen',
  'Not available': 'Nicht verfügbar',
  'No room': 'Kein Platz',
  'The request is larger than allowed. Send less at once, or use an import.':
    'Die Anfrage ist größer als erlaubt. Senden Sie weniger auf einmal, oder verwenden Sie einen Import.',
  'Send JSON with "Content-Type: application/json".': 'Senden Sie JSON mit "Content-Type: application/json".',
  'The request says that it holds JSON, but it is empty.': 'Die Anfrage kündigt JSON an, ist aber leer.',
  'The length of the request does not match its header.': 'Die Länge der Anfrage passt nicht zu ihrem Kopf.',
  'The file is larger than allowed.': 'Die Datei ist größer als erlaubt.',
  'Send one file at a time.': 'Senden Sie eine Datei nach der anderen.',
  'There is nothing at this address.': 'Unter dieser Adresse gibt es nichts.',
  'The address is not valid.': 'Die Adresse ist nicht gültig.',
  'A number is too large.': 'Eine Zahl ist zu groß.',
  'The text holds a character that cannot be kept.': 'Der Text enthält ein Zeichen, das sich nicht speichern lässt.',
  'A date is out of range.': 'Ein Datum liegt außerhalb des erlaubten Bereichs.',
  'The request is too complex. Make it smaller.': 'Die Anfrage ist zu umfangreich. Machen Sie sie kleiner.',
  'The request is nested too deeply. Make it smaller.':
    'Die Anfrage ist zu tief verschachtelt. Machen Sie sie kleiner.',
  Fault: 'Fehler',
  'The request is not understood. Look at its form and send it again.':
    'Die Anfrage ist nicht verständlich. Sehen Sie ihre Form an, und senden Sie sie noch einmal.',
  'This took too long and was stopped. Narrow the filter, or try again in a moment.':
    'Das hat zu lange gedauert und wurde abgebrochen. Engen Sie den Filter ein, oder versuchen Sie es gleich noch einmal.',
  'The disk of the database is full. Nothing was changed. Your administrator has to make room; then it goes on by itself.':
    'Die Festplatte der Datenbank ist voll. Nichts wurde geändert. Die Administration muss Platz schaffen; dann geht es von selbst weiter.',
  'The disk of the server is full. Nothing was kept. Your administrator has to make room; then try again.':
    'Die Festplatte des Servers ist voll. Nichts wurde gespeichert. Die Administration muss Platz schaffen; versuchen Sie es dann noch einmal.',
  'The clock of the server is months away from the true time, so nothing can be written down. Your administrator has to set it; the health page shows it.':
    'Die Uhr des Servers geht um Monate falsch, deshalb lässt sich nichts aufschreiben. Die Administration muss sie stellen; die Seite Systemzustand zeigt es.',
  'Something went wrong on our side, and it was written down. Tell your administrator the number {0}.':
    'Bei uns ist etwas schiefgegangen, und es wurde aufgeschrieben. Nennen Sie der Administration die Nummer {0}.',
  '{0} sends on to another server, {1}. Give that address, if you trust it.':
    '{0} leitet an einen anderen Server weiter, {1}. Geben Sie diese Adresse an, wenn Sie ihr vertrauen.',
  '{0} sends on to an address without TLS. Give that address, if you trust it.':
    '{0} leitet an eine Adresse ohne TLS weiter. Geben Sie diese Adresse an, wenn Sie ihr vertrauen.',
  '{0} sends on in a circle. Give the address of the feed itself.':
    '{0} leitet im Kreis weiter. Geben Sie die Adresse des Feeds selbst an.',
  '"{0}" is not a web address. Write it with https:// in front.':
    '„{0}“ ist keine Webadresse. Schreiben Sie sie mit https:// davor.',
  '{0} is not called from here. Give an address that begins with https:// or http://.':
    '{0} wird von hier nicht aufgerufen. Geben Sie eine Adresse an, die mit https:// oder http:// beginnt.',
  'The address holds a name or a password. Leave them out: nothing signs in there.':
    'Die Adresse enthält einen Namen oder ein Passwort. Lassen Sie beides weg: Niemand meldet sich dort an.',
  'The port {0} belongs to another service. Give an address without a port, or with one above 1023.':
    'Der Port {0} gehört zu einem anderen Dienst. Geben Sie eine Adresse ohne Port an, oder mit einem über 1023.',
  '{0} is an address inside the own network, and is not called. Give a public address.':
    '{0} ist eine Adresse im eigenen Netz und wird nicht aufgerufen. Geben Sie eine öffentliche Adresse an.',
  '{0} is an address inside the own network, and is not called. Give a public address, or let the administrator of this machine set {1}=true.':
    '{0} ist eine Adresse im eigenen Netz und wird nicht aufgerufen. Geben Sie eine öffentliche Adresse an, oder lassen Sie die Administration dieser Maschine {1}=true setzen.',
  '{0} answered with {1}. Open the address in a browser to see why.':
    '{0} hat mit {1} geantwortet. Öffnen Sie die Adresse im Browser, um den Grund zu sehen.',
  '{0} sends more than {1} kB. Give the address of a smaller feed.':
    '{0} sendet mehr als {1} kB. Geben Sie die Adresse eines kleineren Feeds an.',
  '{0} did not answer in time. Try again later, or paste the text of the feed.':
    '{0} hat nicht rechtzeitig geantwortet. Versuchen Sie es später noch einmal, oder fügen Sie den Text des Feeds ein.',
  '{0} cannot be reached{1}. Check the address, or paste the text of the feed.':
    '{0} ist nicht erreichbar{1}. Prüfen Sie die Adresse, oder fügen Sie den Text des Feeds ein.',
  'The database cannot be reached. Nothing was lost; try again in a moment.':
    'Die Datenbank ist nicht erreichbar. Nichts ging verloren; versuchen Sie es gleich noch einmal.',
  'no answer within {0} s': 'keine Antwort innerhalb von {0} s',
  'The disk of the database is full. Reading goes on, nothing that was written is lost, and nothing new can be written. Your administrator has to make room; then it goes on by itself.':
    'Die Festplatte der Datenbank ist voll. Lesen geht weiter, nichts Geschriebenes ist verloren, aber Neues lässt sich nicht schreiben. Die Administration muss Platz schaffen; dann geht es von selbst weiter.',
  'The form with the file is not complete. Send it again as multipart/form-data with its boundary.':
    'Das Formular mit der Datei ist nicht vollständig. Senden Sie es noch einmal als multipart/form-data mit seiner Grenze.',
  'Send the file as multipart/form-data in a part called "file".':
    'Senden Sie die Datei als multipart/form-data in einem Teil namens „file“.',
  'No file was sent. Put it into a part called "file", after the other parts.':
    'Es wurde keine Datei gesendet. Legen Sie sie in einen Teil namens „file“, nach den anderen Teilen.',
}
