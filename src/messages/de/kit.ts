/** German texts of records in general: checks, filters, moves, lists. */
export const kit: Readonly<Record<string, string>> = {
  '{0} is "{1}". Choose another {2}.': '{0} ist „{1}“. Wählen Sie etwas anderes ({2}).',
  '{0} is needed while {1} is "{2}". Write another in its place.':
    '{0} wird gebraucht, solange {1} „{2}“ ist. Setzen Sie etwas anderes an seine Stelle.',
  '{0} is needed where {1} is "{2}". Give it, or choose another {3}.':
    '{0} ist nötig, wo „{1}“ auf „{2}“ steht. Geben Sie es an, oder wählen Sie etwas anderes: {3}.',
  '{0} ({1}) is before {2} ({3}). Exchange them, or mend one.':
    '{0} ({1}) liegt vor {2} ({3}). Vertauschen Sie beide, oder berichtigen Sie eines.',
  '{0} cannot stand under itself. Choose another {1}, or leave it empty.':
    '{0} kann nicht unter sich selbst stehen. Wählen Sie etwas anderes oder nichts: {1}.',
  '{0}-{1} stands under {2} already: this would be a circle. Choose another {3}.':
    '{0}-{1} steht bereits unter {2}: das wäre ein Kreis. Wählen Sie etwas anderes: {3}.',
  'Higher is better, so the limit lies at or below the target {0}; this is {1}. Exchange them, or choose "Lower is better".':
    'Höher ist besser, also liegt die Grenze höchstens beim Ziel {0}; hier ist sie {1}. Vertauschen Sie beide, oder wählen Sie „Niedriger ist besser“.',
  'Lower is better, so the limit lies at or above the target {0}; this is {1}. Exchange them, or choose "Higher is better".':
    'Niedriger ist besser, also liegt die Grenze mindestens beim Ziel {0}; hier ist sie {1}. Vertauschen Sie beide, oder wählen Sie „Höher ist besser“.',
  'Send exactly one of "change", "move" or "bin".': 'Senden Sie genau eines von „change“, „move“ oder „bin“.',
  'Nothing is chosen. Send "ids", or a "filter" that matches something.':
    'Nichts ist ausgewählt. Senden Sie „ids“ oder einen „filter“, der etwas findet.',
  'At most {0} records at once; this matches more. Narrow the filter.':
    'Höchstens {0} Datensätze auf einmal; hier sind es mehr. Engen Sie den Filter ein.',
  due: 'fällig',
  'There is no kind of record called "{0}".': 'Es gibt keine Art von Datensatz „{0}“.',
  'Give whole minutes, such as 90.': 'Geben Sie ganze Minuten an, etwa 90.',
  '{0} is needed.': '{0} wird gebraucht.',
  'Give text.': 'Geben Sie Text an.',
  'The text holds a NUL character; remove it.': 'Der Text enthält ein NUL-Zeichen; entfernen Sie es.',
  'At most {0} characters; this has {1}.': 'Höchstens {0} Zeichen; hier sind es {1}.',
  'Choose one of: {0}.': 'Wählen Sie eines von: {0}.',
  'Give a number.': 'Geben Sie eine Zahl an.',
  'At least {0}; this is {1}.': 'Mindestens {0}; hier steht {1}.',
  'At most {0}; this is {1}.': 'Höchstens {0}; hier steht {1}.',
  'Give a point in time with its zone, such as 2026-11-21T14:30:00Z.':
    'Geben Sie einen Zeitpunkt mit seiner Zone an, etwa 2026-11-21T14:30:00Z.',
  '{0} is not a date that exists.': '{0} ist kein Datum, das es gibt.',
  '{0} is not between the years 1900 and 2200.': '{0} liegt nicht zwischen den Jahren 1900 und 2200.',
  'Give a day as year-month-day, such as 2026-11-21.': 'Geben Sie einen Tag als Jahr-Monat-Tag an, etwa 2026-11-21.',
  '{0} is not a day between 1900 and 2200.': '{0} ist kein Tag zwischen 1900 und 2200.',
  'Give {"minor": 123400, "currency": "EUR"}.': 'Geben Sie {"minor": 123400, "currency": "EUR"} an.',
  'The amount is a whole number of minor units (cents).':
    'Der Betrag ist eine ganze Zahl in der kleinsten Einheit (Cent).',
  'The currency is three capital letters, such as EUR.': 'Die Währung sind drei Großbuchstaben, etwa EUR.',
  'Give one e-mail address, such as ines@example.org.': 'Geben Sie eine E-Mail-Adresse an, etwa ines@example.org.',
  'Give a web address that begins with https://.': 'Geben Sie eine Webadresse an, die mit https:// beginnt.',
  'Give a web address that begins with https:// or http://.':
    'Geben Sie eine Webadresse an, die mit https:// oder http:// beginnt.',
  'Give an IP address or a network, such as 10.2.0.7 or 10.2.0.0/16.':
    'Geben Sie eine IP-Adresse oder ein Netz an, etwa 10.2.0.7 oder 10.2.0.0/16.',
  'This structure is nested too deeply or holds a NUL character.':
    'Diese Struktur ist zu tief verschachtelt oder enthält ein NUL-Zeichen.',
  'This structure is larger than one megabyte; split it.':
    'Diese Struktur ist größer als ein Megabyte; teilen Sie sie.',
  'Give a list of at most 50 words.': 'Geben Sie eine Liste von höchstens 50 Wörtern an.',
  'A tag is one word of at most 40 characters, without commas.':
    'Ein Schlagwort ist ein Wort von höchstens 40 Zeichen, ohne Komma.',
  '"{0}" is no IP address or network. Write 10.2.0.7, 10.2.0.0/16 or fd00::/8.':
    '„{0}“ ist weder IP-Adresse noch Netz. Schreiben Sie 10.2.0.7, 10.2.0.0/16 oder fd00::/8.',
  '"{0}" is not an amount. Write 100EUR; 100 alone compares every currency as if it had two decimals.':
    '„{0}“ ist kein Betrag. Schreiben Sie 100EUR; 100 allein vergleicht jede Währung, als hätte sie zwei Dezimalstellen.',
  '"{0}" is not a currency. Write its three letters, such as EUR.':
    '„{0}“ ist keine Währung. Schreiben Sie ihre drei Buchstaben, etwa EUR.',
  'The filter is not understood at character {0}: {1}': 'Der Filter ist ab Zeichen {0} nicht verständlich: {1}',
  '{0} has no field "{1}".{2}': '{0} hat kein Feld „{1}“.{2}',
  '{0} cannot be compared with "{1}". Write {2}:value.':
    '{0} lässt sich nicht mit „{1}“ vergleichen. Schreiben Sie {2}:Wert.',
  '"{0}" is not a number.': '„{0}“ ist keine Zahl.',
  '"{0}" is not a length of time. Write minutes, 90, or 1h30m, or 2d for 48 hours.':
    '„{0}“ ist keine Dauer. Schreiben Sie Minuten, 90, oder 1h30m, oder 2d für 48 Stunden.',
  '"{0}" has no fixed length here: these minutes may be those of working days. Write hours.':
    '„{0}“ hat hier keine feste Länge: Diese Minuten können die von Arbeitstagen sein. Schreiben Sie Stunden.',
  'Write true or false.': 'Schreiben Sie true oder false.',
  '"{0}" is not a day. Write 2026-11-21, today or -7d.':
    '„{0}“ ist kein Tag. Schreiben Sie 2026-11-21, today oder -7d.',
  '{0} holds a structure; it cannot be filtered.': '{0} enthält eine Struktur; danach lässt sich nicht filtern.',
  '"{0}" is not one of: {1}.': '„{0}“ ist keines von: {1}.',
  '"{0}" is not a point in time. Write 2026-11-21, 2026-11-21T14:30:00Z, today, startOfMonth or -7d.':
    '„{0}“ ist kein Zeitpunkt. Schreiben Sie 2026-11-21, 2026-11-21T14:30:00Z, today, startOfMonth oder -7d.',
  '"{0}" is not the number of a {1} ({2}-1).': '„{0}“ ist keine Nummer der Art {1} ({2}-1).',
  '"{0}" is not the number of a record, such as INC-1042.': '„{0}“ ist keine Nummer eines Datensatzes wie INC-1042.',
  ' It has: {0}.': ' Es gibt: {0}.',
  ' Did you mean {0}?': ' Meinten Sie {0}?',
  'Send an object with the fields of {0}.': 'Senden Sie ein Objekt mit den Feldern von {0}.',
  '{0} has no field "{1}".': '{0} hat kein Feld „{1}“.',
  '{0} is set by Pilothouse itself; use a move.': '{0} setzt Pilothouse selbst; verwenden Sie einen Statuswechsel.',
  '{0} is set by Pilothouse itself.': '{0} setzt Pilothouse selbst.',
  'Give the number of a record, such as INC-1042, or {"record": "incident", "id": 1042}.':
    'Geben Sie die Nummer eines Datensatzes an, etwa INC-1042 oder {"record": "incident", "id": 1042}.',
  'Give the number of a {0}, such as {1}-1.': 'Geben Sie eine Nummer der Art {0} an, etwa {1}-1.',
  '{0} was not found. Choose another {1}.': '{0} wurde nicht gefunden. Wählen Sie etwas anderes: {1}.',
  'Send an object with the names of the added fields.': 'Senden Sie ein Objekt mit den Namen der Zusatzfelder.',
  '{0} has no added field "{1}".': '{0} hat kein Zusatzfeld „{1}“.',
  ' and ': ' und ',
  'Another {0} has the same {1}. Choose another, or open that one.':
    'Ein anderer Datensatz der Art {0} hat denselben Wert: {1}. Wählen Sie einen anderen, oder öffnen Sie jenen.',
  'What hangs on a record that they may read.': 'Was an einem Datensatz hängt, den sie lesen dürfen.',
  'Where they are named as {0}.': 'Wo sie genannt sind unter {0}.',
  'Rows of others only where they are shared.': 'Zeilen anderer nur, wo sie geteilt sind.',
  'Everybody may.': 'Das dürfen alle.',
  'By the role {0} in the whole organisation.': 'Durch die Rolle {0} in der ganzen Organisation.',
  'By the role {0} {1}.': 'Durch die Rolle {0} {1}.',
  'in the whole organisation': 'in der ganzen Organisation',
  'for what is their own': 'für das Eigene',
  'in the team {0}': 'im Team {0}',
  'in the unit {0}': 'im Bereich {0}',
  'in the units {0}': 'in den Bereichen {0}',
  'Named as {0}.': 'Genannt unter {0}.',
  'They may read what it hangs on.': 'Sie dürfen lesen, woran es hängt.',
  Number: 'Nummer',
  '{0} has no field "{1}" to export.': '{0} hat kein Feld „{1}“ zum Exportieren.',
  '{0} number': '{0} (Nummer)',
  '"{0}" is not a format of exports. Choose csv, xlsx, jsonl or pdf.':
    '„{0}“ ist kein Exportformat. Wählen Sie csv, xlsx, jsonl oder pdf.',
  ' or ': ' oder ',
  'There is no {0} called "{1}".{2}': 'Es gibt nichts der Art {0} namens „{1}“.{2}',
  ' Write the whole name in quotes, or a number such as {0}-1.':
    ' Schreiben Sie den ganzen Namen in Anführungszeichen, oder eine Nummer wie {0}-1.',
  'A filter has at most {0} conditions.': 'Ein Filter hat höchstens {0} Bedingungen.',
  '"{0}" is not a condition. Write field:value, for example status:new; free words belong into the search box.':
    '„{0}“ ist keine Bedingung. Schreiben Sie feld:wert, zum Beispiel status:new; freie Wörter gehören in das Suchfeld.',
  'A value is missing after "{0}".': 'Nach „{0}“ fehlt ein Wert.',
  'At most {0} values in one condition.': 'Höchstens {0} Werte in einer Bedingung.',
  'Separate two conditions with a space.': 'Trennen Sie zwei Bedingungen durch ein Leerzeichen.',
  'Only administrators make administrators.': 'Die Rolle Administration vergibt nur die Administration.',
  "Only administrators grant the organisation's own roles.":
    'Eigene Rollen der Organisation vergibt nur die Administration.',
  'You may grant no more than you hold yourself. Ask an administrator.':
    'Sie dürfen nicht mehr vergeben, als Sie selbst haben. Fragen Sie die Administration.',
  'You may grant this in your own part of the organisation only. Choose a unit or team that is yours.':
    'Sie dürfen das nur in Ihrem Teil der Organisation vergeben. Wählen Sie einen Bereich oder ein Team, das Ihnen untersteht.',
  'Name one or two fields in "by", such as by=priority or by=openedAt:month,team.':
    'Nennen Sie in „by“ ein oder zwei Felder, etwa by=priority oder by=openedAt:month,team.',
  '{0} has no field "{1}" to group by.': '{0} hat kein Feld „{1}“ zum Gruppieren.',
  '"{0}" is not a period: {1}.': '„{0}“ ist kein Zeitraum: {1}.',
  '"{0}" cannot be grouped by.': 'Nach „{0}“ lässt sich nicht gruppieren.',
  'The cursor "after" does not belong to this history. Take it from "next" of the page before.':
    'Der Zeiger „after“ gehört nicht zu diesem Verlauf. Nehmen Sie ihn aus „next“ der Seite davor.',
  'The move "{0}"': 'Der Statuswechsel „{0}“',
  '{0} is {1}; "{2}" is only possible from {3}.': '{0} hat den Status {1}; „{2}“ ist nur möglich aus {3}.',
  'its {0}': 'Feld {0}',
  '"{0}" is for {1}.': '„{0}“ ist vorbehalten: {1}.',
  'What was sent cannot be kept.{0}': 'Was gesendet wurde, lässt sich so nicht speichern.{0}',
  '{0} was not found. It may have been removed, or you may not see it.':
    '{0} wurde nicht gefunden. Vielleicht ist es entfernt, oder Sie dürfen es nicht sehen.',
  'Somebody changed this meanwhile; it is now at revision {0}. Compare, and save again on top of it.':
    'Jemand hat dies inzwischen geändert; es steht jetzt bei Revision {0}. Vergleichen Sie, und speichern Sie darauf noch einmal.',
  '{0} is released and stays as it was. Place another hold.':
    '{0} ist aufgehoben und bleibt, wie sie war. Setzen Sie eine andere Löschsperre.',
  'Say what it covers: a person, records by their numbers, or a kind of record.':
    'Geben Sie an, was sie umfasst: eine Person, Datensätze nach ihren Nummern oder eine Art von Datensatz.',
  '"{0}" is not the number of a record. Write numbers such as INC-1042.':
    '„{0}“ ist keine Nummer eines Datensatzes. Schreiben Sie Nummern wie INC-1042.',
  'A hold is never removed, so it needs no hold.': 'Eine Löschsperre wird nie entfernt und braucht keine Sperre.',
  '{0} does not exist. Look its number up in its list.': '{0} gibt es nicht. Suchen Sie die Nummer in ihrer Liste.',
  'A filter needs the kind of record that it is for.': 'Ein Filter braucht die Art von Datensatz, für die er gilt.',
  'There is no kind of record called "{0}" that could be held. Write one such as incident.':
    'Es gibt keine Art von Datensatz „{0}“, die sich sperren ließe. Schreiben Sie eine wie incident.',
  'Due by {0}: {1}': 'Fällig nach {0}: {1}',
  'There is no kind of record called "{0}". Write one such as incident or person.':
    'Es gibt keine Art von Datensatz „{0}“. Schreiben Sie eine wie incident oder person.',
  'Whoever may do more with {0} has to read them. Add "read".':
    'Wer mit {0} mehr tun darf, muss sie auch lesen. Ergänzen Sie „read“.',
  'A role cannot have "{0}" for {1}: that is for Pilothouse itself. Take it away.':
    'Eine Rolle kann „{0}“ für {1} nicht haben: Das ist Pilothouse selbst vorbehalten. Nehmen Sie es heraus.',
  'A role cannot have "{0}" for {1}: that is for administrators and the people named in them. Take it away.':
    'Eine Rolle kann „{0}“ für {1} nicht haben: Das ist der Administration und den darin genannten Personen vorbehalten. Nehmen Sie es heraus.',
  'Name records with what may be done: {"incident":["read","update"]}. Known are read, create, update and bin.':
    'Nennen Sie Datensätze und was man mit ihnen tun darf: {"incident":["read","update"]}. Bekannt sind read, create, update und bin.',
  '"{0}" cannot be the name of a field. Use letters and digits, beginning with a small letter: costCentre.':
    '„{0}“ kann kein Name eines Felds sein. Verwenden Sie Buchstaben und Ziffern, beginnend mit einem Kleinbuchstaben: costCentre.',
  '{0} has a field "{1}" of its own. Choose another name.':
    '{0} hat selbst ein Feld „{1}“. Wählen Sie einen anderen Namen.',
  'A choice needs its options. Give a list such as [{"value":"a","label":"A"}].':
    'Eine Auswahl braucht ihre Möglichkeiten. Geben Sie eine Liste an, etwa [{"value":"a","label":"A"}].',
  'Say to which kind of record it refers, such as service, location or team.':
    'Geben Sie an, auf welche Art von Datensatz verwiesen wird, etwa service, location oder team.',
  'Only a reference to one kind of record says which. Leave it empty.':
    'Nur ein Verweis auf eine Art von Datensatz nennt sie. Lassen Sie das Feld leer.',
  'Only a number has a unit. Leave it empty.': 'Nur eine Zahl hat eine Einheit. Lassen Sie das Feld leer.',
  'Only texts, choices, e-mail and web addresses are searched by words.':
    'Nur Texte, Auswahlen, E-Mail- und Webadressen werden nach Wörtern durchsucht.',
  '{0} are not searched by words.': '{0} werden nicht nach Wörtern durchsucht.',
  'Fields of this kind have no order that an index can hold.':
    'Felder dieser Art haben keine Reihenfolge, die ein Index halten kann.',
  'A field above the class of {0} ({1}) cannot be required: not everybody who writes one may fill it in.':
    'Ein Feld über der Klasse von {0} ({1}) kann nicht erforderlich sein: Nicht alle, die einen Datensatz schreiben, dürfen es ausfüllen.',
  'Its words are searched by everybody who reads {0}. Switch "Searched by words" off first, and wait until its words are gone.':
    'Seine Wörter durchsuchen alle, die {0} lesen. Schalten Sie zuerst „Nach Wörtern durchsucht“ aus, und warten Sie, bis seine Wörter weg sind.',
  'Values of FLD-{0} ({1}) are kept under "{2}". Choose another name.':
    'Werte von FLD-{0} ({1}) sind unter „{2}“ gespeichert. Wählen Sie einen anderen Namen.',
  'Values of FLD-{0} are kept under "{1}", and are more secret ({2}). Choose that class, or another name.':
    'Werte von FLD-{0} sind unter „{1}“ gespeichert und vertraulicher ({2}). Wählen Sie diese Klasse oder einen anderen Namen.',
  '{0} of an added field stays as it is, because values are kept by it. Put this field into the bin and add another one.':
    '{0} bleibt bei einem Zusatzfeld, wie es ist, weil Werte danach gespeichert sind. Legen Sie dieses Feld in den Papierkorb, und legen Sie ein anderes an.',
  'Give a list such as [{"value":"a","label":"A"}]; values are letters, digits, dots and dashes.':
    'Geben Sie eine Liste an, etwa [{"value":"a","label":"A"}]; Werte sind Buchstaben, Ziffern, Punkte und Striche.',
  'The effect is checked by somebody other than the owner of the action.':
    'Die Wirkung prüft jemand anderes als die für die Maßnahme verantwortliche Person.',
  '"limit" is a whole number from 1 to 500.': '„limit“ ist eine ganze Zahl von 1 bis 500.',
  'A whole number from 1 to 500.': 'Eine ganze Zahl von 1 bis 500.',
  '"{0}" is longer than {1} characters.': '„{0}“ ist länger als {1} Zeichen.',
  '"{0}" holds a NUL character.': '„{0}“ enthält ein NUL-Zeichen.',
  'Send If-Match with the revision that you read, such as "3", so that nobody is overwritten.':
    'Senden Sie If-Match mit der gelesenen Revision, etwa "3", damit niemand überschrieben wird.',
  '{0} is on legal hold and stays until the hold is released. Ask a manager.':
    '{0} unterliegt einer Löschsperre und bleibt, bis sie aufgehoben ist. Fragen Sie die IT-Leitung.',
  '{0} is on legal hold ({1} {2}: {3}) and stays until the hold is released.':
    '{0} unterliegt einer Löschsperre ({1} {2}: {3}) und bleibt, bis sie aufgehoben ist.',
  'Days, months or years, at least {0} days, such as P90D or P5Y; null keeps it for good.':
    'Tage, Monate oder Jahre, mindestens {0} Tage, etwa P90D oder P5Y; null bewahrt es auf Dauer auf.',
  'One of: {0}.': 'Eines von: {0}.',
  '{0} are never removed: everything refers to them.': '{0} werden nie entfernt: Alles verweist auf sie.',
  'kept for good': 'auf Dauer aufbewahrt',
  'kept {0} after "{1}", then {2}': '{0} nach „{1}“ aufbewahrt, dann {2}',
  'put into the bin': 'in den Papierkorb gelegt',
  deleted: 'gelöscht',
  anonymised: 'anonymisiert',
  '{0} year': '{0} Jahr',
  '{0} years': '{0} Jahre',
  '{0} month': '{0} Monat',
  '{0} months': '{0} Monate',
  '{0} day': '{0} Tag',
  '{0} days': '{0} Tage',
  'The process stopped. What was done stays done; the next run goes on.':
    'Der Prozess wurde beendet. Was getan ist, bleibt getan; der nächste Lauf macht weiter.',
  'in the bin for {0}, then {1}': '{0} im Papierkorb, dann {1}',
  '{0} are too many to be sorted by the added field "{1}", which has no index. Filter by it, or ask an administrator to mark it as sorted often.':
    'Es gibt zu viele {0}, um nach dem Zusatzfeld „{1}“ zu sortieren, das keinen Index hat. Filtern Sie danach, oder bitten Sie die Administration, es als oft sortiert zu kennzeichnen.',
  'The list cannot be sorted by "{0}". Choose one of its columns.':
    'Die Liste lässt sich nicht nach „{0}“ sortieren. Wählen Sie eine ihrer Spalten.',
  '"{0}" cannot be sorted by.': 'Nach „{0}“ lässt sich nicht sortieren.',
  'The cursor "after" does not belong to this list. Take it from "next" of the page before, with the same sort.':
    'Der Zeiger „after“ gehört nicht zu dieser Liste. Nehmen Sie ihn aus „next“ der Seite davor, mit derselben Sortierung.',
  'You may not create {0}. Ask an administrator for a role that may.':
    'Sie dürfen {0} nicht anlegen. Fragen Sie die Administration nach einer Rolle, die es darf.',
  'You may create {0} in your own part of the organisation only. Choose a unit or a team that is yours.':
    'Sie dürfen {0} nur in Ihrem Teil der Organisation anlegen. Wählen Sie einen Bereich oder ein Team, das Ihnen untersteht.',
  '{0} is in the bin. Restore it before you change it.':
    '{0} liegt im Papierkorb. Stellen Sie es wieder her, bevor Sie es ändern.',
  '{0} does not take {1}; change it before.': '{0} nimmt {1} nicht an; ändern Sie es davor.',
  'You may not restore {0}.': 'Sie dürfen {0} nicht wiederherstellen.',
  'You may not remove {0}.': 'Sie dürfen {0} nicht entfernen.',
  '{0} is not in the bin.': '{0} liegt nicht im Papierkorb.',
  '{0} is already in the bin.': '{0} liegt bereits im Papierkorb.',
  'What you want to undo': 'Was Sie rückgängig machen wollen',
  'That request wrote more than {0} changes. An import is undone on its own page, a change of many records by its run.':
    'Diese Anfrage hat mehr als {0} Änderungen geschrieben. Ein Import wird auf seiner eigenen Seite rückgängig gemacht, eine Änderung vieler Datensätze über ihren Lauf.',
  'Nothing was undone. {0}': 'Nichts wurde rückgängig gemacht. {0}',
  'Settings are not undone from here; change them back where they were changed.':
    'Einstellungen werden nicht hier rückgängig gemacht; ändern Sie sie dort zurück, wo sie geändert wurden.',
  'Nothing of {0} was changed.': 'An {0} wurde nichts geändert.',
}
