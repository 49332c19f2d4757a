/** German texts of imports: reading files, mapping columns, problems of rows. */
export const imports2: Readonly<Record<string, string>> = {
  'The workbook is protected by a password. Save it without one, then retry.':
    'Die Arbeitsmappe ist mit einem Passwort geschützt. Speichern Sie sie ohne, und versuchen Sie es noch einmal.',
  'an OpenDocument file (ODS)': 'eine OpenDocument-Datei (ODS)',
  'a ZIP archive, not a workbook': 'ein ZIP-Archiv, keine Arbeitsmappe',
  'This is {0}. {1}.': 'Das ist {0}. {1}.',
  'Save it as XLSX or CSV': 'Speichern Sie sie als XLSX oder CSV',
  'Unpack it and import the table inside': 'Entpacken Sie es, und importieren Sie die Tabelle darin',
  'The workbook holds more than {0} of text. Save the sheet as CSV and import that.':
    'Die Arbeitsmappe enthält mehr als {0} Text. Speichern Sie das Blatt als CSV, und importieren Sie dieses.',
  Rejected: 'Ausgelassen',
  Row: 'Zeile',
  Column: 'Spalte',
  'What to do': 'Was zu tun ist',
  'You may know of this import, but not what stands in its file. Ask whoever made it.':
    'Sie dürfen von diesem Import wissen, aber nicht, was in seiner Datei steht. Fragen Sie, wer ihn gemacht hat.',
  '"{0}" is not a format of this table. Choose csv or xlsx.':
    '„{0}“ ist kein Format dieser Tabelle. Wählen Sie csv oder xlsx.',
  'The file mixes encodings: line {0} is not UTF-8, as the others are. What of it is not was read as windows-1252.':
    'Die Datei mischt Kodierungen: Zeile {0} ist nicht UTF-8 wie die übrigen. Was es darin nicht ist, wurde als windows-1252 gelesen.',
  'The file mixes encodings: {0} lines are not UTF-8, the first is line {1}. What of them is not was read as windows-1252.':
    'Die Datei mischt Kodierungen: {0} Zeilen sind nicht UTF-8, die erste ist Zeile {1}. Was es darin nicht ist, wurde als windows-1252 gelesen.',
  'Look at the accented letters there. If they are wrong, export the file anew in one encoding.':
    'Sehen Sie sich dort die Umlaute und Akzente an. Wenn sie falsch sind, exportieren Sie die Datei neu in einer Kodierung.',
}
