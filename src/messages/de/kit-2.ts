/** German texts of records in general: checks, filters, moves, lists. */
export const kit2: Readonly<Record<string, string>> = {
  '{0} is missing.': '{0} fehlt.',
  '{0} is missing. Give {1}.': '{0} fehlt. Erwartet: {1}.',
  '{0} does not fit. Look up what it may be in the API document.':
    '{0} passt nicht. Sehen Sie in der API-Dokumentation nach, was erlaubt ist.',
  '{0} must be {1}.': '{0} passt nicht. Erwartet: {1}.',
  'text in the form that the API document shows': 'Text in der Form, die die API-Dokumentation zeigt',
  'a multiple of {0}': 'ein Vielfaches von {0}',
  text: 'Text',
  'a whole number': 'eine ganze Zahl',
  'true or false': 'true oder false',
  'a list': 'eine Liste',
  'an object with named members': 'ein Objekt mit benannten Teilen',
  'an e-mail address, such as ada@example.com': 'eine E-Mail-Adresse, etwa ada@example.com',
  'a web address, such as https://desk.example.com': 'eine Webadresse, etwa https://desk.example.com',
  'a day, such as 2026-11-21': 'ein Tag, etwa 2026-11-21',
  'an instant with its zone, such as 2026-11-21T14:30:00Z': 'ein Zeitpunkt mit seiner Zone, etwa 2026-11-21T14:30:00Z',
  'a UUID': 'eine UUID',
  nothing: 'nichts',
  'one of: {0}': 'eines von: {0}',
  'one of the kinds known here': 'eine der hier bekannten Arten',
  'text that is not empty': 'Text, der nicht leer ist',
  'text of at least {0} characters': 'Text mit mindestens {0} Zeichen',
  'text of at most {0} characters': 'Text mit höchstens {0} Zeichen',
  'a list of at least {0} entry': 'eine Liste mit mindestens {0} Eintrag',
  'a list of at least {0} entries': 'eine Liste mit mindestens {0} Einträgen',
  'a list of at most {0} entry': 'eine Liste mit höchstens {0} Eintrag',
  'a list of at most {0} entries': 'eine Liste mit höchstens {0} Einträgen',
  'more than {0}': 'mehr als {0}',
  'less than {0}': 'weniger als {0}',
  'at least {0}': 'mindestens {0}',
  'at most {0}': 'höchstens {0}',
  '"{0}" is not taken: nothing is to be sent here.': '„{0}“ wird nicht angenommen: Hier ist nichts zu senden.',
  'There is no "{0}" here. Known are: {1}.': '„{0}“ gibt es hier nicht. Bekannt sind: {1}.',
  'Say which team it is for.': 'Sagen Sie, für welches Team sie ist.',
  'You are not in this team. Choose one of yours.': 'Sie sind nicht in diesem Team. Wählen Sie eines Ihrer Teams.',
  'A PDF holds at most {0} records, and this view has more. Narrow it by a filter, or take the workbook.':
    'Ein PDF fasst höchstens {0} Datensätze, und diese Ansicht hat mehr. Engen Sie sie mit einem Filter ein, oder nehmen Sie die Arbeitsmappe.',
  'A PDF has room for {0} columns, and this view has {1}. Hide some, or take the workbook.':
    'In einem PDF ist Platz für {0} Spalten, und diese Ansicht hat {1}. Blenden Sie einige aus, oder nehmen Sie die Arbeitsmappe.',
  'Nothing matches this view.': 'Nichts entspricht dieser Ansicht.',
  'Filter: {0}': 'Filter: {0}',
  'Words: {0}': 'Wörter: {0}',
  'What is in the bin.': 'Was im Papierkorb liegt.',
  'It is still under way. Cancel it first, or wait until it is over.':
    'Das läuft noch. Brechen Sie es zuerst ab, oder warten Sie, bis es vorüber ist.',
  'Nothing was changed, so there is nothing to undo.':
    'Nichts wurde geändert, also gibt es nichts rückgängig zu machen.',
  'It is over already. What it did can be undone.':
    'Das ist schon vorüber. Was es getan hat, lässt sich rückgängig machen.',
  'Whoever started it is not here any more.': 'Wer das begonnen hat, ist nicht mehr hier.',
  'Something went wrong here, and the log says what. What was done stays done and can be undone; start it again for the rest.':
    'Hier ist etwas schiefgegangen; was, steht im Protokoll. Was getan wurde, bleibt und lässt sich rückgängig machen; beginnen Sie für den Rest noch einmal.',
  'Other reasons': 'Andere Gründe',
  'What it wrote is journalled, and nothing else changes.':
    'Was es geschrieben hat, steht im Journal, und sonst ändert sich nichts.',
  'What is sent': 'Das Gesendete',
  'Entry {0} of {1}': 'Eintrag {0} von {1}',
  'What {0} keeps about {1} ({2})': 'Was {0} über {1} ({2}) speichert',
  'Put together on {0}. The same stands in package.json, for programs; attachments are beside.':
    'Zusammengestellt am {0}. Dasselbe steht für Programme in package.json; Anhänge liegen daneben.',
  Records: 'Datensätze',
  Class: 'Klasse',
  Date: 'Datum',
  'What it says': 'Was darin steht',
  unknown: 'unbekannt',
  withheld: 'zurückgehalten',
  Withheld: 'Zurückgehalten',
  Field: 'Feld',
  'all of it': 'alles',
  'Signing in': 'Anmeldung',
  'What is kept': 'Was gespeichert ist',
  'What was done': 'Was getan wurde',
  When: 'Wann',
  'By them': 'Von ihnen selbst',
  'None.': 'Nichts.',
  '… and {0} more in package.json.': '… und {0} weitere in package.json.',
  Sessions: 'Sitzungen',
  'API tokens': 'API-Token',
  Passkeys: 'Passkeys',
  Accounts: 'Konten',
  'Other ways to sign in': 'Andere Wege der Anmeldung',
  Preferences: 'Einstellungen',
  'Choice of notices': 'Wahl der Benachrichtigungen',
  Inbox: 'Eingang',
  'Muted records': 'Stumme Datensätze',
  'Devices that show notices': 'Geräte, die benachrichtigen',
  'Typed and not sent': 'Getippt und nicht gesendet',
  'Uploaded and not used yet': 'Hochgeladen und noch nicht verwendet',
  'named in "{0}"': 'genannt in „{0}“',
  'is the person': 'ist die Person',
  'wrote it': 'hat es geschrieben',
  'For its author alone (C3). Whoever wrote it decides.':
    'Nur für die Person, die es geschrieben hat (C3). Sie entscheidet.',
  'Of a review panel (C4). The panel decides what is given out.':
    'Von einem Gremium (C4). Das Gremium entscheidet, was herausgegeben wird.',
  'A case with named readers (C5). Who leads the case decides.':
    'Ein Fall mit benannten Lesern (C5). Wer den Fall führt, entscheidet.',
  'About health (C6). It is given out by whoever keeps it, not by administrators.':
    'Über Gesundheit (C6). Es gibt heraus, wer es führt, nicht Administratoren.',
  'Names the person as somebody who works on it; what it says belongs to others. Look at it by hand.':
    'Nennt die Person als jemanden, der daran arbeitet; was darin steht, gehört anderen. Von Hand ansehen.',
  'An internal note of the staff. Look at it by hand before it is given out.':
    'Eine interne Notiz der Mitarbeitenden. Vor der Herausgabe von Hand ansehen.',
  // Files in fields.
  'Upload the file first (POST /uploads) and give what that answers.':
    'Laden Sie die Datei zuerst hoch (POST /uploads) und geben Sie an, was darauf geantwortet wird.',
  'This file is not there, or not yours to use. Upload it here.':
    'Diese Datei gibt es nicht, oder Sie dürfen sie nicht verwenden. Laden Sie sie hier hoch.',
  '"{0}" is larger than {1} MB. Choose a smaller one, or add a link to it.':
    '„{0}“ ist größer als {1} MB. Wählen Sie eine kleinere, oder fügen Sie einen Link hinzu.',
  '"{0}" holds {1}, which does not fit here. It may be: {2}.':
    '„{0}“ enthält {1}, was hier nicht passt. Möglich ist: {2}.',
}
