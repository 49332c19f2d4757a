/** German texts of signing in, rights, settings. */
export const routes: Readonly<Record<string, string>> = {
  'Only a person can start this in the background.': 'Nur eine Person kann dies im Hintergrund starten.',
  'What you started': 'Was Sie gestartet haben',
  'Name the kind of record.': 'Nennen Sie die Art von Datensatz.',
  'Give the number of a record, such as INC-1042.': 'Geben Sie die Nummer eines Datensatzes an, etwa INC-1042.',
  'A few letters and digits that name the window.': 'Einige Buchstaben und Ziffern, die das Fenster benennen.',
  'Who is where now is forgotten within a minute.': 'Wer gerade wo ist, wird binnen einer Minute vergessen.',
  'Nothing is written into the record before it is sent.': 'Bis es gesendet wird, steht nichts davon im Datensatz.',
  '"{0}" is neither "comment" nor a field of this record.':
    '„{0}“ ist weder „comment“ noch ein Feld dieses Datensatzes.',
  'Write "comment" or the name of a field.': 'Schreiben Sie „comment“ oder den Namen eines Feldes.',
  'At most {0} characters are kept until they are sent.':
    'Höchstens {0} Zeichen werden aufgehoben, bis sie gesendet werden.',
  'Write "form".': 'Schreiben Sie „form“.',
  'Only a person writes in a form.': 'Nur eine Person schreibt in ein Formular.',
  'Give the number of a record, such as INC-1042, or new:incident for a form.':
    'Geben Sie die Nummer eines Datensatzes an, etwa INC-1042, oder new:incident für ein Formular.',
  'This file holds no text. Download it to look at it.':
    'Diese Datei enthält keinen Text. Laden Sie sie herunter, um sie anzusehen.',
  'Only a person can be at a record.': 'Nur eine Person kann an einem Datensatz sein.',
  'There is no kind of entry "{0}". Write one of: {1}.':
    'Eine Art von Eintrag „{0}“ gibt es nicht. Schreiben Sie eine von: {1}.',
  'One is being put together already. Wait until it is made.':
    'Eine wird bereits zusammengestellt. Warten Sie, bis sie fertig ist.',
  'This access package, for you,': 'Diese Datenauskunft für Sie',
  'Give a person, such as P-7.': 'Geben Sie eine Person an, etwa P-7.',
  'Say why: the person reads it.': 'Geben Sie den Grund an: Die Person liest ihn.',
  'What others may see is shown to administrators and auditors.':
    'Was andere sehen dürfen, wird Administration und Revision gezeigt.',
  'This kind of record': 'Diese Art von Datensatz',
  'Who can see a record is shown to administrators and auditors.':
    'Wer einen Datensatz sehen kann, wird Administration und Revision gezeigt.',
  'You see Pilothouse as yourself already. Choose another person.':
    'Sie sehen Pilothouse bereits als Sie selbst. Wählen Sie eine andere Person.',
  '{0} has left and sees nothing.': '{0} ist ausgeschieden und sieht nichts.',
  '{0} looks at Pilothouse as you see it': '{0} sieht Pilothouse, wie Sie es sehen',
  'Begun {0} for at most {1} minutes, reading only. The reason given: {2}':
    'Begonnen {0} für höchstens {1} Minuten, nur lesend. Der angegebene Grund: {2}',
  'You see Pilothouse as yourself already.': 'Sie sehen Pilothouse bereits als Sie selbst.',
  'Sign in with a browser to see Pilothouse as somebody else; a token cannot.':
    'Melden Sie sich mit einem Browser an, um Pilothouse als jemand anderes zu sehen; mit einem Token geht es nicht.',
  'The job writes down what it does.': 'Der Auftrag schreibt auf, was er tut.',
  'This step': 'Dieser Schritt',
  'A failed job with this id': 'Ein fehlgeschlagener Auftrag mit dieser Kennung',
  'The organisation': 'Die Organisation',
  'Too many tries from this address. Wait a minute, then try again.':
    'Zu viele Versuche von dieser Adresse. Warten Sie eine Minute, und versuchen Sie es dann noch einmal.',
  'Write hours and minutes as 02:15.': 'Schreiben Sie Stunden und Minuten wie 02:15.',
  'A backup or a proof is under way. Wait until it is done.':
    'Eine Sicherung oder ein Wiederherstellungstest läuft. Warten Sie, bis das fertig ist.',
  'The book of backups says when it was made.': 'Das Sicherungsbuch sagt, wann sie angelegt wurde.',
  'The book of backups says when it was proven.': 'Das Sicherungsbuch sagt, wann sie getestet wurde.',
  'A finished backup with this id': 'Eine fertige Sicherung mit dieser Kennung',
  'The environment of the server decides {0}. Change it there (PILOTHOUSE_BACKUP_…).':
    'Die Umgebung des Servers bestimmt {0}. Ändern Sie es dort (PILOTHOUSE_BACKUP_…).',
  'Give the feed a name.': 'Geben Sie dem Feed einen Namen.',
  'Choose at least one kind of record.': 'Wählen Sie mindestens eine Art von Datensatz.',
  'Only a person has calendar feeds.': 'Nur eine Person hat Kalender-Abos.',
  'You have {0} calendar feeds already. End one that no program reads any more.':
    'Sie haben bereits {0} Kalender-Abos. Beenden Sie eines, das kein Programm mehr liest.',
  'Nothing of this stands in a calendar. Choose among: {0}.':
    'Davon steht nichts in einem Kalender. Wählen Sie aus: {0}.',
  'This calendar shows its first {0} entries': 'Dieser Kalender zeigt seine ersten {0} Einträge',
  'There are more. Make feeds of fewer kinds, or of your own alone, in the settings.':
    'Es gibt mehr. Legen Sie in den Einstellungen Feeds für weniger Arten an, oder nur für das Eigene.',
  'Calendar feeds': 'Kalender-Abos',
  'Give the request to undo: the X-Request-Id of its answer.':
    'Geben Sie die Anfrage an, die rückgängig gemacht werden soll: die X-Request-Id ihrer Antwort.',
  'At most 5,000 at once.': 'Höchstens 5.000 auf einmal.',
  'A question that is answered within minutes or forgotten.':
    'Eine Rückfrage, die binnen Minuten beantwortet oder vergessen wird.',
  'E-mail and password do not belong together. Try again, or ask an administrator for a new password.':
    'E-Mail und Passwort gehören nicht zusammen. Versuchen Sie es noch einmal, oder bitten Sie die Administration um ein neues Passwort.',
  'This code is not right, or was used already. Wait for the next one, or use another way.':
    'Dieser Code stimmt nicht oder wurde bereits verwendet. Warten Sie auf den nächsten, oder nehmen Sie einen anderen Weg.',
  'This took too long, or was tried too often. Sign in again from the beginning.':
    'Das hat zu lange gedauert oder wurde zu oft versucht. Melden Sie sich von vorn an.',
  'Write something.': 'Schreiben Sie etwas.',
  'Send the file as multipart/form-data.': 'Senden Sie die Datei als multipart/form-data.',
  '"{0}" is larger than {1} MB. Put it on a file share and add a link.':
    '„{0}“ ist größer als {1} MB. Legen Sie die Datei auf ein Netzlaufwerk, und fügen Sie eine Verknüpfung hinzu.',
  'The file, or its address has expired: open it again from its record. It':
    'Die Datei – oder ihre Adresse ist abgelaufen: Öffnen Sie sie aus ihrem Datensatz neu –',
  'Give a number such as 7, or P-7.': 'Geben Sie eine Nummer an, etwa 7 oder P-7.',
  'Who holds which role is shown to managers, leads and auditors.':
    'Wer welche Rolle hat, wird IT-Leitung, Teamleitung und Revision gezeigt.',
  '{0} has left. Bring them back before you grant a role.':
    '{0} ist ausgeschieden. Nehmen Sie die Person wieder auf, bevor Sie eine Rolle vergeben.',
  '{0} has this role already.': '{0} hat diese Rolle bereits.',
  'There is no such role. Choose another.': 'Diese Rolle gibt es nicht. Wählen Sie eine andere.',
  'Administrators look after the whole organisation. Choose "organisation".':
    'Die Administration betreut die ganze Organisation. Wählen Sie „organisation“.',
  'This role is not granted so widely. Choose a narrower scope.':
    'Diese Rolle wird nicht so weit vergeben. Wählen Sie einen engeren Geltungsbereich.',
  'Only units and teams have a place. Leave it out.': 'Nur Bereiche und Teams haben einen Ort. Lassen Sie ihn weg.',
  'Say which {0}.': 'Geben Sie an, welcher gemeint ist: {0}.',
  'This {0} was not found. Choose another.': 'Nicht gefunden: {0}. Wählen Sie etwas anderes.',
  'The grant': 'Die vergebene Rolle',
  'This is the last administrator. Make somebody else an administrator first.':
    'Sonst hat niemand die Rolle Administration. Geben Sie sie zuerst jemand anderem.',
  'Give the person who takes over, such as P-7.': 'Geben Sie die Person an, die übernimmt, etwa P-7.',
  'Choose at least one kind.': 'Wählen Sie mindestens eine Art.',
  '{0} has no field "{1}" that could be handed over.': '{0} hat kein Feld „{1}“, das sich übergeben ließe.',
  'Name somebody who is here.': 'Nennen Sie jemanden, der noch hier ist.',
  'Name somebody else.': 'Nennen Sie jemand anderen.',
  'The whole journal is for administrators and auditors. The history of a record is on its page.':
    'Das ganze Journal ist für Administration und Revision. Der Verlauf eines Datensatzes steht auf seiner Seite.',
  '"{0}" is not a moment for "{1}". Write 2026-11-21 or -7d.':
    '„{0}“ ist kein Zeitpunkt für „{1}“. Schreiben Sie 2026-11-21 oder -7d.',
  '"{0}" is not the number of a person. Write P-5.': '„{0}“ ist keine Nummer einer Person. Schreiben Sie P-5.',
  '"{0}" is no kind of record and no number of one. Write incident or INC-1042.':
    '„{0}“ ist weder eine Art von Datensatz noch die Nummer eines Datensatzes. Schreiben Sie incident oder INC-1042.',
  '"{0}" is no origin. Choose one of: {1}.': '„{0}“ ist keine Herkunft. Wählen Sie eine von: {1}.',
  'The cursor "after" does not belong to the journal. Take it from "next" of the page before.':
    'Der Zeiger „after“ gehört nicht zum Journal. Nehmen Sie ihn aus „next“ der Seite davor.',
  '"limit" is a number from 1 to {0}.': '„limit“ ist eine Zahl von 1 bis {0}.',
  'Written down': 'Aufgeschrieben',
  Happened: 'Geschehen',
  Person: 'Person',
  'Person number': 'Personennummer',
  'On behalf of': 'Im Auftrag von',
  Record: 'Datensatz',
  Action: 'Vorgang',
  Changes: 'Änderungen',
  Reason: 'Begründung',
  Origin: 'Herkunft',
  Erased: 'Gelöscht',
  Request: 'Anfrage',
  Entry: 'Eintrag',
  '"{0}" is not a format of this export. Choose csv or jsonl.':
    '„{0}“ ist kein Format dieses Exports. Wählen Sie csv oder jsonl.',
  Journal: 'Journal',
  'This is not a language tag. Write one such as en-GB.': 'Das ist kein Sprachkürzel. Schreiben Sie eines wie de-DE.',
  'Only the looks of one person.': 'Nur das Aussehen für eine Person.',
  'Only a person has preferences.': 'Nur eine Person hat persönliche Einstellungen.',
  'Give the passkey a name, such as the device it is on.':
    'Geben Sie dem Passkey einen Namen, etwa den des Geräts, auf dem er liegt.',
  'The passkey': 'Der Passkey',
  'The person': 'Die Person',
  'Nothing is changed before a code confirms it.': 'Nichts ändert sich, bevor ein Code es bestätigt.',
  'The session': 'Die Sitzung',
  'You have no password here yet. Ask an administrator for a link to set one.':
    'Sie haben hier noch kein Passwort. Bitten Sie die Administration um einen Link, um eines zu setzen.',
  'This took too long, or was tried too often. Begin again with a new QR code.':
    'Das hat zu lange gedauert oder wurde zu oft versucht. Beginnen Sie mit einem neuen QR-Code.',
  'This is not the code of the app. Look at the clocks of both devices, then try the next code.':
    'Das ist nicht der Code der App. Vergleichen Sie die Uhren beider Geräte, und versuchen Sie den nächsten Code.',
  'The authenticator app': 'Die Authenticator-App',
  'Recovery codes stand in for a second factor. Set up an authenticator app or a passkey first.':
    'Wiederherstellungscodes stehen für einen zweiten Faktor ein. Richten Sie zuerst eine Authenticator-App oder einen Passkey ein.',
  'Your organisation asks for a second factor, and this is your last. Set up another first.':
    'Ihre Organisation verlangt einen zweiten Faktor, und dies ist Ihr letzter. Richten Sie zuerst einen anderen ein.',
  'This person has left. Mark them as returned first.':
    'Diese Person ist ausgeschieden. Markieren Sie sie zuerst als zurückgekehrt.',
  'This person has no e-mail address yet; it is the name to sign in with. Add it first.':
    'Diese Person hat noch keine E-Mail-Adresse; damit meldet man sich an. Tragen Sie sie zuerst ein.',
  'Somebody else signs in with this e-mail address. Give this person another.':
    'Mit dieser E-Mail-Adresse meldet sich jemand anderes an. Geben Sie dieser Person eine andere.',
  'Nobody erases themselves. Ask another administrator.':
    'Niemand löscht die eigenen Personendaten. Bitten Sie jemand anderen aus der Administration.',
  'This person is still active. Mark them as left first, or confirm that they are erased all the same.':
    'Diese Person ist noch aktiv. Markieren Sie sie zuerst als ausgeschieden, oder bestätigen Sie, dass ihre Daten trotzdem gelöscht werden.',
  'This person is erased already.': 'Die Daten dieser Person sind bereits gelöscht.',
  'A backup from before the erasure was restored': 'Eine Sicherung von vor der Löschung wurde wiederhergestellt',
  'The token': 'Das Token',
  'API tokens do not reach how their person signs in. Sign in on the screen.':
    'API-Tokens erreichen nicht, wie sich ihre Person anmeldet. Melden Sie sich am Bildschirm an.',
  'Confirm that it is you first: with your password or a passkey.':
    'Bestätigen Sie zuerst, dass Sie es sind: mit Ihrem Passwort oder einem Passkey.',
  'It changes nothing; what it allows is written down.': 'Es ändert nichts; was es erlaubt, wird aufgeschrieben.',
  'This code is not right, or was used already. Wait for the next one.':
    'Dieser Code stimmt nicht oder wurde bereits verwendet. Warten Sie auf den nächsten.',
  'This is not your present password.': 'Das ist nicht Ihr jetziges Passwort.',
  'The run writes down what it removes.': 'Der Lauf schreibt auf, was er entfernt.',
  'A kind of record called "{0}" with a rule': 'Eine Art von Datensatz „{0}“ mit einer Regel',
  'That kind of record': 'Diese Art von Datensatz',
  'Search for at most 500 characters of text.': 'Suchen Sie nach höchstens 500 Zeichen Text.',
  'At least five minutes.': 'Mindestens fünf Minuten.',
  'At most a week.': 'Höchstens eine Woche.',
  'Give whole days.': 'Geben Sie ganze Tage an.',
  'At least one day.': 'Mindestens ein Tag.',
  'At least an hour.': 'Mindestens eine Stunde.',
  'At most thirty days.': 'Höchstens dreißig Tage.',
  'At most a year.': 'Höchstens ein Jahr.',
  'At least eight.': 'Mindestens acht.',
  'At most 64: longer ones must be allowed, not asked for.':
    'Höchstens 64: Längere müssen erlaubt sein, nicht verlangt.',
  'Set up a second factor for yourself first: Settings, Security.':
    'Richten Sie zuerst für sich selbst einen zweiten Faktor ein: Einstellungen, Sicherheit.',
  'Give your name.': 'Geben Sie Ihren Namen an.',
  'Give an e-mail address.': 'Geben Sie eine E-Mail-Adresse an.',
  'Give the name of the organisation.': 'Geben Sie den Namen der Organisation an.',
  'This set-up link is not valid any more. Restart Pilothouse: it prints a new one as long as there is no administrator.':
    'Dieser Einrichtungslink gilt nicht mehr. Starten Sie Pilothouse neu: Solange niemand die Rolle Administration hat, gibt es einen neuen aus.',
  'Give the token a name.': 'Geben Sie dem Token einen Namen.',
  'Choose at least one kind of record, or leave it out for all.':
    'Wählen Sie mindestens eine Art von Datensatz, oder lassen Sie es für alle weg.',
  'Only a person has tokens.': 'Nur eine Person hat Tokens.',
  'There is no such kind of record. GET /records names them.':
    'Diese Art von Datensatz gibt es nicht. GET /records nennt alle.',
  'Tokens last {0} days at most here.': 'Tokens gelten hier höchstens {0} Tage.',
  '{0} seconds': '{0} Sekunden',
  '{0} minutes': '{0} Minuten',
  'Too many tries that failed. Wait {0}, then try again.':
    'Zu viele erfolglose Versuche. Warten Sie {0}, und versuchen Sie es dann noch einmal.',
  'Another program': 'Ein anderes Programm',
  'A program on {0}': 'Ein Programm auf {0}',
  '{0} on {1}': '{0} auf {1}',
  'Too many people are signing in at this moment. Try again in a few seconds.':
    'Im Moment melden sich zu viele an. Versuchen Sie es in einigen Sekunden noch einmal.',
  'Passkeys need a host name: set PUBLIC_URL to the address that people type, such as https://desk.example.com.':
    'Passkeys brauchen einen Hostnamen: Setzen Sie PUBLIC_URL auf die Adresse, die man eingibt, etwa https://desk.example.com.',
  'This passkey is kept already.': 'Dieser Passkey ist bereits gespeichert.',
  'This took too long, or was done already. Begin again.':
    'Das hat zu lange gedauert oder ist bereits geschehen. Beginnen Sie noch einmal.',
  'This passkey lets nobody in here. Try another way, or ask an administrator.':
    'Dieser Passkey lässt hier niemanden ein. Nehmen Sie einen anderen Weg, oder fragen Sie die Administration.',
  'The answer of the browser does not hold. Begin again, in the window where you began.':
    'Die Antwort des Browsers ist nicht gültig. Beginnen Sie noch einmal, in dem Fenster, in dem Sie begonnen haben.',
  'Use at least {0} characters; a few words are easy to remember.':
    'Verwenden Sie mindestens {0} Zeichen; einige Wörter sind leicht zu merken.',
  'Use at most {0} characters.': 'Verwenden Sie höchstens {0} Zeichen.',
  'That is among the passwords that everybody tries first. Choose another.':
    'Das gehört zu den Passwörtern, die alle zuerst versuchen. Wählen Sie ein anderes.',
  'Leave "{0}" out: names of yourself, the organisation and the product are tried first.':
    'Lassen Sie „{0}“ weg: Ihr Name, der der Organisation und der des Produkts werden zuerst versucht.',
  'The key of a calendar feed opens its own address, and nothing else does.':
    'Der Schlüssel eines Kalender-Abos öffnet dessen eigene Adresse, und nichts anderes öffnet sie.',
  'This token may only read. Make one that may write, if the program needs to.':
    'Dieses Token darf nur lesen. Legen Sie eines an, das schreiben darf, wenn das Programm es braucht.',
  'This token reaches {0} alone. Make one that reaches this too.':
    'Dieses Token erreicht nur {0}. Legen Sie eines an, das auch dies erreicht.',
}
