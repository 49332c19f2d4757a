/** German texts of imports: reading files, mapping columns, problems of rows. */
export const imports: Readonly<Record<string, string>> = {
  'It was changed by somebody else while the import ran.':
    'Jemand anderes hat den Datensatz geändert, während der Import lief.',
  'Another {0} has the same value where each must have its own.':
    'Ein anderer Datensatz der Art {0} hat denselben Wert, wo jeder einen eigenen braucht.',
  'Take this one as the key, or mend the value.': 'Nehmen Sie diesen als Schlüssel, oder berichtigen Sie den Wert.',
  'Import the file again: what is in already stays as it is.':
    'Importieren Sie die Datei noch einmal: Was schon da ist, bleibt, wie es ist.',
  'The database refuses this row: {0}.': 'Die Datenbank lehnt diese Zeile ab: {0}.',
  'Row {0} is too short: {1} of {2} cells. Which of them are missing cannot be told.':
    'Zeile {0} ist zu kurz: {1} von {2} Zellen. Welche fehlen, ist nicht zu erkennen.',
  'Row {0} is too long: {1} cells for {2} columns. Look for a separator in a cell that is not quoted.':
    'Zeile {0} ist zu lang: {1} Zellen für {2} Spalten. Suchen Sie ein Trennzeichen in einer Zelle ohne Anführungszeichen.',
  'Mend the row in the file, and import it again.':
    'Berichtigen Sie die Zeile in der Datei, und importieren Sie sie noch einmal.',
  'You may not import {0}. Ask an administrator for a role that may.':
    'Sie dürfen {0} nicht importieren. Fragen Sie die Administration nach einer Rolle, die es darf.',
  '{0} has not been run yet.': '{0} wurde noch nicht ausgeführt.',
  '{0} is being checked; wait until that is done.': '{0} wird gerade geprüft; warten Sie, bis das fertig ist.',
  '{0} is running; wait until it is done.': '{0} läuft; warten Sie, bis er fertig ist.',
  '{0} is done. Upload the file again to repeat it, or undo it.':
    '{0} ist fertig. Laden Sie die Datei noch einmal hoch, um ihn zu wiederholen, oder machen Sie ihn rückgängig.',
  '{0} is being undone; wait until that is done.': '{0} wird rückgängig gemacht; warten Sie, bis das fertig ist.',
  '{0} was undone. Upload the file again to repeat it.':
    '{0} wurde rückgängig gemacht. Laden Sie die Datei noch einmal hoch, um ihn zu wiederholen.',
  '{0} has stopped.': '{0} ist stehen geblieben.',
  '{0} has written a part of its rows. Run it to the end, or undo it, first.':
    '{0} hat einen Teil seiner Zeilen geschrieben. Führen Sie ihn zuerst zu Ende, oder machen Sie ihn rückgängig.',
  'Mend the row, or change the record by hand first.':
    'Berichtigen Sie die Zeile, oder ändern Sie den Datensatz zuerst von Hand.',
  'The row holds nothing that can be imported.': 'Die Zeile enthält nichts, was sich importieren lässt.',
  'Leave it out of the file.': 'Lassen Sie sie in der Datei weg.',
  'You may not create {0}.': 'Sie dürfen {0} nicht anlegen.',
  'You may not change {0}.': 'Sie dürfen {0} nicht ändern.',
  'Ask an administrator for a role that may.': 'Fragen Sie die Administration nach einer Rolle, die es darf.',
  'Choose its column in the mapping.': 'Wählen Sie in der Zuordnung die Spalte dafür.',
  'Fill the cell.': 'Füllen Sie die Zelle aus.',
  '{0} The row is taken without it.': '{0} Die Zeile wird ohne diesen Wert übernommen.',
  'It would be above itself. The row is taken without it.':
    'Der Datensatz stünde über sich selbst. Die Zeile wird ohne diesen Wert übernommen.',
  'Mend one of the names in the circle.': 'Berichtigen Sie einen der Namen im Kreis.',
  'The updates of one record lie more than {0} rows apart. Sort the file by its key, then by time, and import it again.':
    'Die Aktualisierungen eines Datensatzes liegen mehr als {0} Zeilen auseinander. Sortieren Sie die Datei nach dem Schlüssel, dann nach der Zeit, und importieren Sie sie noch einmal.',
  'The key of this row is empty.': 'Der Schlüssel dieser Zeile ist leer.',
  'Fill it in, or choose another key.': 'Füllen Sie ihn aus, oder wählen Sie einen anderen Schlüssel.',
  'Row {0} has the same key.': 'Zeile {0} hat denselben Schlüssel.',
  'Keep one of the two rows, or choose another key.':
    'Behalten Sie eine der beiden Zeilen, oder wählen Sie einen anderen Schlüssel.',
  '{0} {1} have this key: {2}.': '{0} {1} haben diesen Schlüssel: {2}.',
  'Choose a key that each has of its own.': 'Wählen Sie einen Schlüssel, den jeder für sich hat.',
  '{0} is not here.': '{0} ist nicht hier.',
  'Leave the cell empty to make a new one, or take another key.':
    'Lassen Sie die Zelle leer, um einen neuen Datensatz anzulegen, oder nehmen Sie einen anderen Schlüssel.',
  'This is not a time zone. Write one such as Europe/Berlin.':
    'Das ist keine Zeitzone. Schreiben Sie eine wie Europe/Berlin.',
  'Three capital letters, such as EUR.': 'Drei Großbuchstaben, etwa EUR.',
  '{0} has no field "{1}" to be known by.': '{0} hat kein Feld „{1}“ zum Wiedererkennen.',
  '{0} is the key, but no column fills it. Choose its column, or another key.':
    '{0} ist der Schlüssel, aber keine Spalte füllt ihn. Wählen Sie die Spalte, oder einen anderen Schlüssel.',
  '{0} points to other {1} of the file and cannot be a key. Choose a number or a name.':
    '{0} verweist auf andere {1} der Datei und kann kein Schlüssel sein. Wählen Sie eine Nummer oder einen Namen.',
  '{0} cannot be a key. Choose a number, a name or an e-mail address.':
    '{0} kann kein Schlüssel sein. Wählen Sie eine Nummer, einen Namen oder eine E-Mail-Adresse.',
  '{0} has no field "{1}" that an import may fill.': '{0} hat kein Feld „{1}“, das ein Import füllen darf.',
  'No column is mapped. Choose at least one.': 'Keine Spalte ist zugeordnet. Wählen Sie mindestens eine.',
  'The file has no column "{0}". It has: {1}{2}.': 'Die Datei hat keine Spalte „{0}“. Es gibt: {1}{2}.',
  '{0} has no text field "{1}" to look in.': '{0} hat kein Textfeld „{1}“ zum Suchen.',
  '"{0}" of {1} does not make a tree.': '„{0}“ von {1} bildet keinen Baum.',
  'You may not create {0}. Take "create" away, or ask an administrator.':
    'Sie dürfen {0} nicht anlegen. Nehmen Sie „create“ heraus, oder fragen Sie die Administration.',
  'A new {0} needs {1}: say it in "with", or take "create" away.':
    'Zum Anlegen von {0} wird {1} gebraucht: Geben Sie es in „with“ an, oder nehmen Sie „create“ heraus.',
  '{0} has no plain field "{1}".': '{0} hat kein einfaches Feld „{1}“.',
  'Give the number or the name of a record as text.':
    'Geben Sie die Nummer oder den Namen eines Datensatzes als Text an.',
  'Updates of one record need a key: the column with its number.':
    'Aktualisierungen eines Datensatzes brauchen einen Schlüssel: die Spalte mit seiner Nummer.',
  '"{0}" is not a point in time of {1}.': '„{0}“ ist kein Zeitpunkt von {1}.',
  '{0} is needed. Choose its column.': '{0} wird gebraucht. Wählen Sie die Spalte dafür.',
  '{0} {1} are called “{2}”: {3}{4}.': '{0} {1} heißen „{2}“: {3}{4}.',
  'Write the number ({0}-{1}) in place of the name.': 'Schreiben Sie statt des Namens die Nummer ({0}-{1}).',
  'Write the number ({0}-{1}) or the e-mail address in place of the name.':
    'Schreiben Sie statt des Namens die Nummer ({0}-{1}) oder die E-Mail-Adresse.',
  ' below “{0}”': ' unter „{0}“',
  'There is no {0} “{1}”{2}.': 'Es gibt nichts der Art {0} namens „{1}“{2}.',
  'Add the {0} first, mend the name, or let the mapping create what is missing.':
    'Legen Sie es zuerst an ({0}), berichtigen Sie den Namen, oder lassen Sie die Zuordnung Fehlendes anlegen.',
  'Send the file as multipart/form-data: a part "record", then a part "file".':
    'Senden Sie die Datei als multipart/form-data: einen Teil „record“, dann einen Teil „file“.',
  'The time of this update is missing.': 'Der Zeitpunkt dieser Aktualisierung fehlt.',
  'Fill it in, or choose another column for the time of updates.':
    'Füllen Sie ihn aus, oder wählen Sie eine andere Spalte für den Zeitpunkt der Aktualisierungen.',
  '{0}: the cell holds a NUL character.': '{0}: Die Zelle enthält ein NUL-Zeichen.',
  'Remove it in the file.': 'Entfernen Sie es in der Datei.',
  '“{0}” is not the number of a record.': '„{0}“ ist keine Nummer eines Datensatzes.',
  'Write a number such as INC-1042.': 'Schreiben Sie eine Nummer wie INC-1042.',
  '{0}: “{1}…” is too long for a name.': '{0}: „{1}…“ ist zu lang für einen Namen.',
  'Choose another column, or shorten it.': 'Wählen Sie eine andere Spalte, oder kürzen Sie den Wert.',
  'Write it differently in the file, or choose another column.':
    'Schreiben Sie es in der Datei anders, oder wählen Sie eine andere Spalte.',
  'As in IMP-{0}.': 'Wie bei IMP-{0}.',
  'Suggested from the names and values of the columns.': 'Vorgeschlagen nach den Namen und Werten der Spalten.',
  'Its values are numbers of Pilothouse, such as {0}.': 'Die Werte sind Nummern von Pilothouse, etwa {0}.',
  '{0} is on legal hold and stays until the hold is released.':
    '{0} unterliegt einer Löschsperre und bleibt, bis sie aufgehoben ist.',
  '{0} was changed after the import. Put it into the bin by hand if it is not needed.':
    '{0} wurde nach dem Import geändert. Legen Sie es von Hand in den Papierkorb, wenn es nicht gebraucht wird.',
  '{0} is used by {1}.': '{0} wird verwendet von {1}.',
  '{0} of {1} was changed again since.': '{0} von {1} wurde seither noch einmal geändert.',
  '{0} has the same {1} already.': '{0} hat bereits denselben Wert: {1}.',
  'Take {0} as the key to change {1}, or mend the row.':
    'Nehmen Sie {0} als Schlüssel, um {1} zu ändern, oder berichtigen Sie die Zeile.',
  'Row {0} of the file has the same {1}.': 'Zeile {0} der Datei hat denselben Wert: {1}.',
  'Keep one of the two.': 'Behalten Sie eine der beiden.',
  'Say what the file holds: send the part "record", such as "incident", before the part "file".':
    'Geben Sie an, was die Datei enthält: Senden Sie vor dem Teil „file“ den Teil „record“, etwa „incident“.',
  'Imports themselves cannot be imported. Choose another kind of record.':
    'Importe selbst lassen sich nicht importieren. Wählen Sie eine andere Art von Datensatz.',
  'Send "mapping", "readyMapping" or "reading".': 'Senden Sie „mapping“, „readyMapping“ oder „reading“.',
  'There is no ready mapping "{0}" for this kind of record. There are: {1}.':
    'Für diese Art von Datensatz gibt es keine fertige Zuordnung „{0}“. Es gibt: {1}.',
  '{0} has no file. Upload it again.': '{0} hat keine Datei. Laden Sie sie noch einmal hoch.',
  '{0} has no mapping yet. Say which column fills which field.':
    '{0} hat noch keine Zuordnung. Geben Sie an, welche Spalte welches Feld füllt.',
  'It stopped because of a fault in Pilothouse, which is in the log. What is written is whole: {0}.':
    'Der Import endete wegen eines Fehlers in Pilothouse, der im Protokoll steht. Was geschrieben ist, ist vollständig: {0}.',
  'run it again to go on, or undo it':
    'führen Sie ihn noch einmal aus, um fortzufahren, oder machen Sie ihn rückgängig',
  'try again': 'versuchen Sie es noch einmal',
  'Look at it, and put it right by hand.': 'Sehen Sie es an, und berichtigen Sie es von Hand.',
  '{0} record was left as it is, because it was changed or used since.':
    '{0} Datensatz blieb, wie er ist, weil er seither geändert oder verwendet wurde.',
  '{0} records were left as they are, because they were changed or used since.':
    '{0} Datensätze blieben, wie sie sind, weil sie seither geändert oder verwendet wurden.',
  'The file {0} cannot be opened. Check its name and that it may be read.':
    'Die Datei {0} lässt sich nicht öffnen. Prüfen Sie den Namen, und ob sie gelesen werden darf.',
  '{0} is not a file. Name the file to read.': '{0} ist keine Datei. Nennen Sie die Datei, die gelesen werden soll.',
  'The file is empty: it has no bytes. Export it again.':
    'Die Datei ist leer: Sie hat kein Byte. Exportieren Sie sie noch einmal.',
  'The file has {0}; at most {1} are read. Split it, or import a narrower period.':
    'Die Datei hat {0}; höchstens {1} werden gelesen. Teilen Sie sie, oder importieren Sie einen kürzeren Zeitraum.',
  'The gzip file': 'Die gzip-Datei',
  'The file': 'Die Datei',
  'Unpacked, the file has more than {0}. Split it, or import a narrower period.':
    'Entpackt hat die Datei mehr als {0}. Teilen Sie sie, oder importieren Sie einen kürzeren Zeitraum.',
  'The file unpacks to more than {0} times its size, as files made to exhaust a computer do. Save it unpacked (CSV) and import that.':
    'Entpackt ist die Datei mehr als {0}-mal so groß, wie bei Dateien, die einen Rechner überlasten sollen. Speichern Sie sie unverpackt (CSV), und importieren Sie diese.',
  'The file {0} cannot be opened. Check that it may be read.':
    'Die Datei {0} lässt sich nicht öffnen. Prüfen Sie, ob sie gelesen werden darf.',
  'The quotation mark that opens cell {0} of row {1} is never closed, so the rest of the file was taken as its text. Close it in the file.':
    'Das Anführungszeichen, das Zelle {0} von Zeile {1} öffnet, wird nie geschlossen; der Rest der Datei galt deshalb als ihr Text. Schließen Sie es in der Datei.',
  'Row {0} is longer than {1} characters: a quotation mark there is probably never closed, or the file is not a table. Mend that row, then retry.':
    'Zeile {0} ist länger als {1} Zeichen: Wahrscheinlich wird dort ein Anführungszeichen nie geschlossen, oder die Datei ist keine Tabelle. Berichtigen Sie die Zeile, und versuchen Sie es noch einmal.',
  'The encoding “{0}” is not known. Choose another, such as UTF-8 or windows-1252.':
    'Die Kodierung „{0}“ ist nicht bekannt. Wählen Sie eine andere, etwa UTF-8 oder windows-1252.',
  'The file is empty once unpacked. Export it again.': 'Die Datei ist entpackt leer. Exportieren Sie sie noch einmal.',
  'The file is not text: it is full of bytes that no text has. Export the table as CSV, XLSX or JSON lines.':
    'Die Datei ist kein Text: Sie ist voller Bytes, die kein Text hat. Exportieren Sie die Tabelle als CSV, XLSX oder JSON-Zeilen.',
  'The file has {0} zero byte, the first at byte {1}: it was cut or damaged there. Export it again.':
    'Die Datei hat {0} Null-Byte, das erste bei Byte {1}: Dort wurde sie abgeschnitten oder beschädigt. Exportieren Sie sie noch einmal.',
  'The file has {0} zero bytes, the first at byte {1}: it was cut or damaged there. Export it again.':
    'Die Datei hat {0} Null-Bytes, das erste bei Byte {1}: Dort wurde sie abgeschnitten oder beschädigt. Exportieren Sie sie noch einmal.',
  'The first row has {0} columns; at most {1} are read. Check the separator, or remove columns.':
    'Die erste Zeile hat {0} Spalten; höchstens {1} werden gelesen. Prüfen Sie das Trennzeichen, oder entfernen Sie Spalten.',
  'Column {0}': 'Spalte {0}',
  'Line {0} brings “{1}”, which the first lines do not have, so it has no column. Put a line with every key first.':
    'Zeile {0} bringt „{1}“, das die ersten Zeilen nicht haben; dafür gibt es keine Spalte. Stellen Sie eine Zeile mit allen Schlüsseln an den Anfang.',
  'Line {0} is not JSON ({1}). Mend the line or leave it out.':
    'Zeile {0} ist kein JSON ({1}). Berichtigen Sie die Zeile, oder lassen Sie sie weg.',
  'Line {0} is not an object like {"subject": "…"}. Mend the line or leave it out.':
    'Zeile {0} ist kein Objekt wie {"subject": "…"}. Berichtigen Sie die Zeile, oder lassen Sie sie weg.',
  'Line {0} is longer than {1} characters. Write one object a line, then retry.':
    'Zeile {0} ist länger als {1} Zeichen. Schreiben Sie je Zeile ein Objekt, und versuchen Sie es noch einmal.',
  'The file holds only blanks. Export it again.': 'Die Datei enthält nur Leerzeichen. Exportieren Sie sie noch einmal.',
  'The file is one JSON array. Write one object a line (JSON lines), without the brackets around them.':
    'Die Datei ist ein einziges JSON-Array. Schreiben Sie je Zeile ein Objekt (JSON-Zeilen), ohne die Klammern außen.',
  'This is a workbook or ZIP archive inside gzip. Unpack the gzip file and import what is in it.':
    'Das ist eine Arbeitsmappe oder ein ZIP-Archiv in gzip. Entpacken Sie die gzip-Datei, und importieren Sie den Inhalt.',
  'The file has no row. Export it again.': 'Die Datei hat keine Zeile. Exportieren Sie sie noch einmal.',
  'No line of the file holds a value. Write one object with its values a line.':
    'Keine Zeile der Datei enthält einen Wert. Schreiben Sie je Zeile ein Objekt mit seinen Werten.',
  'The table has a header ({0}{1}) and no row under it. Check the filter of the export.':
    'Die Tabelle hat einen Kopf ({0}{1}) und keine Zeile darunter. Prüfen Sie den Filter des Exports.',
  'The sheet “{0}” is empty. {1}': 'Das Blatt „{0}“ ist leer. {1}',
  'The workbook has no sheet “{0}”. {1}': 'Die Arbeitsmappe hat kein Blatt „{0}“. {1}',
  'It has: {0}. Choose another sheet, or put the table on it.':
    'Es gibt: {0}. Wählen Sie ein anderes Blatt, oder legen Sie die Tabelle darauf.',
  'a PDF': 'ein PDF',
  'a PNG picture': 'ein PNG-Bild',
  'a JPEG picture': 'ein JPEG-Bild',
  'a GIF picture': 'ein GIF-Bild',
  'a program': 'ein Programm',
  'an SQLite database': 'eine SQLite-Datenbank',
  'a 7-Zip archive': 'ein 7-Zip-Archiv',
  'a RAR archive': 'ein RAR-Archiv',
  'a Zstandard archive': 'ein Zstandard-Archiv',
  'an XZ archive': 'ein XZ-Archiv',
  'a bzip2 archive': 'ein bzip2-Archiv',
  'a Parquet file': 'eine Parquet-Datei',
  'This is {0}, not a table. Export the table as CSV, XLSX or JSON lines.':
    'Das ist {0}, keine Tabelle. Exportieren Sie die Tabelle als CSV, XLSX oder JSON-Zeilen.',
  'Open it in a spreadsheet program and save it as XLSX without a password':
    'Öffnen Sie sie in einem Tabellenprogramm, und speichern Sie sie als XLSX ohne Passwort',
  'The workbook is protected by a password. {0}.': 'Die Arbeitsmappe ist mit einem Passwort geschützt. {0}.',
  'This is an old Excel file (XLS, 1997–2003). {0}.': 'Das ist eine alte Excel-Datei (XLS, 1997–2003). {0}.',
  'This is a workbook protected by a password, or an old Excel file (XLS). {0}.':
    'Das ist eine mit einem Passwort geschützte Arbeitsmappe oder eine alte Excel-Datei (XLS). {0}.',
  '{0} is damaged or incomplete ({1}). Export or copy the file again, then retry.':
    '{0} ist beschädigt oder unvollständig ({1}). Exportieren oder kopieren Sie die Datei noch einmal, und versuchen Sie es erneut.',
  'The workbook has no sheet with cells. Save the table on a sheet and retry.':
    'Die Arbeitsmappe hat kein Blatt mit Zellen. Speichern Sie die Tabelle auf einem Blatt, und versuchen Sie es noch einmal.',
  'This is an Office file without a workbook. Save the table as XLSX or CSV.':
    'Das ist eine Office-Datei ohne Arbeitsmappe. Speichern Sie die Tabelle als XLSX oder CSV.',
  'The workbook holds more than {0} million different texts. Save the sheet as CSV and import that.':
    'Die Arbeitsmappe enthält mehr als {0} Millionen verschiedene Texte. Speichern Sie das Blatt als CSV, und importieren Sie dieses.',
  'Row {0} of the sheet has a cell of more than {1} characters. Shorten it, then retry.':
    'Zeile {0} des Blatts hat eine Zelle mit mehr als {1} Zeichen. Kürzen Sie sie, und versuchen Sie es noch einmal.',
  "The sheet's row {0} is followed by row “{1}”. Open the workbook in a spreadsheet program and save it again.":
    'Auf Zeile {0} des Blatts folgt Zeile „{1}“. Öffnen Sie die Arbeitsmappe in einem Tabellenprogramm, und speichern Sie sie noch einmal.',
  'The sheet goes beyond row {0}, the last one a sheet can have. Export it as CSV.':
    'Das Blatt reicht über Zeile {0} hinaus, die letzte, die ein Blatt haben kann. Exportieren Sie es als CSV.',
  'Row {0} of the sheet has a cell beyond column {1}. Remove columns, or export the sheet as CSV.':
    'Zeile {0} des Blatts hat eine Zelle jenseits von Spalte {1}. Entfernen Sie Spalten, oder exportieren Sie das Blatt als CSV.',
  "The workbook's part {0} has one text of more than 8 million characters. Save the sheet as CSV and import that.":
    'Der Teil {0} der Arbeitsmappe hat einen Text mit mehr als 8 Millionen Zeichen. Speichern Sie das Blatt als CSV, und importieren Sie dieses.',
  "The workbook's part {0} is nested {1} deep, as no workbook is. Save the sheet as CSV and import that.":
    'Der Teil {0} der Arbeitsmappe ist {1} Ebenen tief verschachtelt, wie keine Arbeitsmappe es ist. Speichern Sie das Blatt als CSV, und importieren Sie dieses.',
  "The workbook's part {0}": 'Der Teil {0} der Arbeitsmappe',
  "The workbook's part {0} declares a document type, as files made to attack a reader do. Save the sheet as CSV and import that.":
    'Der Teil {0} der Arbeitsmappe vereinbart einen Dokumenttyp, wie Dateien es tun, die ein Leseprogramm angreifen sollen. Speichern Sie das Blatt als CSV, und importieren Sie dieses.',
  'The workbook lacks its part {0}. Open it in a spreadsheet program and save it again as XLSX.':
    'Der Arbeitsmappe fehlt ihr Teil {0}. Öffnen Sie sie in einem Tabellenprogramm, und speichern Sie sie noch einmal als XLSX.',
  'The workbook': 'Die Arbeitsmappe',
  'The workbook has {0} parts; at most {1} are read. Save the sheet alone as a new workbook.':
    'Die Arbeitsmappe hat {0} Teile; höchstens {1} werden gelesen. Speichern Sie das Blatt allein als neue Arbeitsmappe.',
}
