/** German texts of the sealed journal. */
export const seal: Readonly<Record<string, string>> = {
  'Journal checkpoint {0}': 'Prüfpunkt des Journals {0}',
  'A checkpoint over {0} entries (the log is another one, was cut off, or the code is mistyped)':
    'Ein Prüfpunkt über {0} Einträge (es ist ein anderes Protokoll, es wurde gekürzt, oder der Code ist falsch geschrieben)',
  'The checkpoint over {0} entries is {1}, not {2}. The code is mistyped, or the log was written anew since it was printed: run "audit verify".':
    'Der Prüfpunkt über {0} Einträge ist {1}, nicht {2}. Der Code ist falsch geschrieben, oder das Protokoll wurde seit dem Druck neu geschrieben: Führen Sie „audit verify“ aus.',
  'The first {0} entries of the log do not give {1} any more: they were changed since it was printed. Run "audit verify" to see where.':
    'Die ersten {0} Einträge des Protokolls ergeben nicht mehr {1}: sie wurden seit dem Druck verändert. „audit verify“ zeigt, wo.',
  'The first {0} entries of the log are those for which {1} was printed. "audit verify" holds what the entries say against them.':
    'Die ersten {0} Einträge des Protokolls sind die, für die {1} gedruckt wurde. „audit verify“ hält den Inhalt der Einträge dagegen.',
  'The clock of the machine was set back.': 'Die Uhr des Rechners wurde zurückgestellt.',
  'The values of the entry on {0} of {1} are gone or replaced as if they had been erased, but no erasure in the journal says so: somebody took them away by hand. Restore a backup from before, and ask who had access to the database.':
    'Die Werte des Eintrags zu {0} von {1} fehlen oder sind ersetzt, als wären sie gelöscht worden, aber keine Löschung im Journal sagt das: Jemand hat sie von Hand entfernt. Stellen Sie eine Sicherung von davor wieder her, und fragen Sie, wer Zugang zur Datenbank hatte.',
  'entry {0}': 'Eintrag {0}',
  'entries {0} to {1} ({2})': 'Einträge {0} bis {1} ({2})',
  'A checkpoint kept outside covers {0} entries, and the database has {1}. Run: pilothouse audit verify. If an older backup was restored on purpose, declare the loss.':
    'Ein außerhalb aufbewahrter Prüfpunkt umfasst {0} Einträge, die Datenbank hat {1}. Führen Sie aus: pilothouse audit verify. Wurde absichtlich eine ältere Sicherung wiederhergestellt, erklären Sie den Verlust.',
  'The last checkpoint covers {0} entries, and {1} are left. Run: pilothouse audit verify.':
    'Der letzte Prüfpunkt umfasst {0} Einträge, und {1} sind übrig. Führen Sie aus: pilothouse audit verify.',
  'Changes since {0} are not sealed. See whether the worker runs and what its log says of the seal.':
    'Änderungen seit {0} sind nicht gesiegelt. Sehen Sie nach, ob der Worker läuft und was sein Protokoll über das Siegel sagt.',
  'Sealing is behind: the oldest change without a checkpoint is of {0}. A long import may be the reason; else see the log.':
    'Das Siegeln ist im Rückstand: Die älteste Änderung ohne Prüfpunkt ist von {0}. Ein langer Import kann der Grund sein; sonst steht er im Protokoll.',
  'No checkpoint has left the database. See whether the checkpoint folder can be written.':
    'Kein Prüfpunkt hat die Datenbank verlassen. Prüfen Sie, ob der Ordner der Prüfpunkte beschreibbar ist.',
  'Restore a backup from before the change, keep this database as evidence, and ask who had access to it.':
    'Stellen Sie eine Sicherung von vor der Änderung wieder her, bewahren Sie diese Datenbank als Nachweis auf, und fragen Sie, wer Zugang zu ihr hatte.',
  'Entry {0}': 'Eintrag {0}',
  'The entry on {0} of {1}': 'Der Eintrag zu {0} von {1}',
  'is entry {0} of the log, and stands elsewhere in the journal':
    'ist Eintrag {0} des Protokolls und steht im Journal an anderer Stelle',
  '{0} {1}: the order was changed afterwards. {2}': '{0} {1}: Die Reihenfolge wurde nachträglich geändert. {2}',
  'The entry on {0} of {1} is not in the log, though later ones are: it was put into the database by hand. Look at the record, and ask who had access to the database.':
    'Der Eintrag zu {0} von {1} steht nicht im Protokoll, spätere aber schon: Er wurde von Hand in die Datenbank geschrieben. Sehen Sie den Datensatz an, und fragen Sie, wer Zugang zur Datenbank hatte.',
  'The entry on {0} of {1} ({2} in the log) {3}. Do not rely on the history of {4}. {5}':
    'Der Eintrag zu {0} von {1} ({2} im Protokoll) {3}. Verlassen Sie sich nicht auf den Verlauf von {4}. {5}',
  'The entry on {0} says {1}, but was sealed after {2}: it was put in later with an old time. Look at the record, and ask who had access to the database.':
    'Der Eintrag zu {0} nennt {1}, wurde aber nach {2} gesiegelt: Er wurde später mit einer alten Zeit eingefügt. Sehen Sie den Datensatz an, und fragen Sie, wer Zugang zur Datenbank hatte.',
  'The journal lacks {0} of the log: deleted after sealing. {1}':
    'Im Journal fehlt {0} des Protokolls: nach dem Siegeln gelöscht. {1}',
  '{0}, which the checkpoint of {1} covers': '{0}, die der Prüfpunkt von {1} umfasst',
  'The end of the journal was cut off: it lacks everything from entry {0} of the log to {1}. {2}':
    'Das Ende des Journals wurde abgeschnitten: Es fehlt alles von Eintrag {0} des Protokolls bis {1}. {2}',
  'The database is older than the checkpoint kept outside: {0} entries were sealed on {1}, and there are {2}. The last {3} are lost. If an older backup was restored, restore a newer one or declare the loss from {4} to {5}; otherwise somebody has cut the journal and its seal.':
    'Die Datenbank ist älter als der außerhalb aufbewahrte Prüfpunkt: {0} Einträge waren am {1} gesiegelt, vorhanden sind {2}. Die letzten {3} sind verloren. Wurde eine ältere Sicherung wiederhergestellt, stellen Sie eine neuere wieder her, oder erklären Sie den Verlust von {4} bis {5}; sonst hat jemand Journal und Siegel gekürzt.',
  'The sealing key is not an Ed25519 private key in PEM. Put the file back from a backup; a new key starts a new series of checkpoints.':
    'Der Siegelschlüssel ist kein privater Ed25519-Schlüssel in PEM. Legen Sie die Datei aus einer Sicherung zurück; ein neuer Schlüssel beginnt eine neue Reihe von Prüfpunkten.',
  'This is not the public key of a log. It looks like pilothouse-0123456789ab+01234567+AQ… and stands in every proof file.':
    'Das ist kein öffentlicher Schlüssel eines Protokolls. Er sieht aus wie pilothouse-0123456789ab+01234567+AQ… und steht in jeder Beweisdatei.',
  'This entry is not under a checkpoint yet. Sealing takes some seconds: try again in half a minute.':
    'Dieser Eintrag steht noch unter keinem Prüfpunkt. Das Siegeln dauert einige Sekunden: Versuchen Sie es in einer halben Minute noch einmal.',
  'This entry is not sealed yet. Sealing takes some seconds: try again in half a minute.':
    'Dieser Eintrag ist noch nicht gesiegelt. Das Siegeln dauert einige Sekunden: Versuchen Sie es in einer halben Minute noch einmal.',
  'This is no proof file of Pilothouse: {0} Ask for it again with: pilothouse audit prove.':
    'Das ist keine Beweisdatei von Pilothouse: {0} Fordern Sie sie noch einmal an mit: pilothouse audit prove.',
  'The public key in the file cannot be read. Ask for the file again.':
    'Der öffentliche Schlüssel in der Datei ist nicht lesbar. Fordern Sie die Datei noch einmal an.',
  'The file is signed by {0}, not by the key that you trust ({1}). Ask why the key was changed.':
    'Die Datei ist von {0} signiert, nicht mit dem Schlüssel, dem Sie vertrauen ({1}). Fragen Sie, warum der Schlüssel gewechselt wurde.',
  'The checkpoint is not signed by the key in the file, or is over another number of entries. The file was changed, or belongs to another log.':
    'Der Prüfpunkt ist nicht mit dem Schlüssel in der Datei signiert oder gilt für eine andere Zahl von Einträgen. Die Datei wurde geändert oder gehört zu einem anderen Protokoll.',
  'This entry is not entry {0} of the log that was signed: the entry or its proof was changed.':
    'Dieser Eintrag ist nicht Eintrag {0} des signierten Protokolls: Der Eintrag oder sein Beweis wurde geändert.',
  'The entry on {0} {1} of {2} is entry {3} of the {4} that {5} has signed, and was not changed since.':
    'Der Eintrag zu {0} {1} von {2} ist Eintrag {3} der {4}, die {5} signiert hat, und wurde seither nicht geändert.',
  'No entry of ours has such a time.': 'Keiner unserer Einträge hat eine solche Zeit.',
  'It only reads.': 'Es wird nur gelesen.',
  'Only administrators and auditors look after the seal. Ask one of them.':
    'Um das Siegel kümmern sich nur Administration und Revision. Fragen Sie dort.',
  '{0}-{1} of organisation {2}': '{0}-{1} der Organisation {2}',
  '{0} is gone, and no entry of the journal says that it was removed for good: somebody deleted it in the database. Restore a backup from before, and ask who had access to the database.':
    '{0} ist weg, und kein Eintrag des Journals sagt, dass es endgültig entfernt wurde: Jemand hat es in der Datenbank gelöscht. Stellen Sie eine Sicherung von davor wieder her, und fragen Sie, wer Zugang zur Datenbank hatte.',
  '{0} is there, and no entry of the journal says that it was created: somebody put it into the database by hand. Ask who had access to the database.':
    '{0} ist da, und kein Eintrag des Journals sagt, dass es angelegt wurde: Jemand hat es von Hand in die Datenbank geschrieben. Fragen Sie, wer Zugang zur Datenbank hatte.',
  '{0} was removed for good, as the journal says, and is there again: somebody put it into the database by hand. Ask who had access to the database.':
    '{0} wurde laut Journal endgültig entfernt und ist wieder da: Jemand hat es von Hand in die Datenbank geschrieben. Fragen Sie, wer Zugang zur Datenbank hatte.',
  '{0} has revision {1}, and the journal tells of {2}: somebody changed the row in the database. Compare it with a backup from before, and ask who had access to the database.':
    '{0} hat Revision {1}, und das Journal kennt {2}: Jemand hat die Zeile in der Datenbank geändert. Vergleichen Sie sie mit einer Sicherung von davor, und fragen Sie, wer Zugang zur Datenbank hatte.',
  '{0}: {1} holds a value that no entry of the journal gave it: somebody changed the row in the database. Compare it with a backup from before, and ask who had access to the database.':
    '{0}: {1} hat einen Wert, den ihm kein Eintrag des Journals gegeben hat: Jemand hat die Zeile in der Datenbank geändert. Vergleichen Sie sie mit einer Sicherung von davor, und fragen Sie, wer Zugang zur Datenbank hatte.',
  '{0}: {1} is not what the journal says last, in entry {2} of {3}: somebody changed the row in the database. Compare it with a backup from before, and ask who had access to the database.':
    '{0}: {1} ist nicht, was das Journal zuletzt sagt, in Eintrag {2} von {3}: Jemand hat die Zeile in der Datenbank geändert. Vergleichen Sie sie mit einer Sicherung von davor, und fragen Sie, wer Zugang zur Datenbank hatte.',
  'The entry on {0} says {1} and is not sealed, though everything was up to {2}: it was put in later with an old time. Look at the record, and ask who had access to the database.':
    'Der Eintrag zu {0} nennt {1} und ist nicht gesiegelt, obwohl alles bis {2} es war: Er wurde später mit einer alten Zeit eingefügt. Sehen Sie den Datensatz an, und fragen Sie, wer Zugang zur Datenbank hatte.',
  'The trigger {0} of {1}, which refuses changes, is off or gone. Switch it on again: alter table {2} enable trigger {3}.':
    'Der Trigger {0} von {1}, der Änderungen abweist, ist ausgeschaltet oder fehlt. Schalten Sie ihn wieder ein: alter table {2} enable trigger {3}.',
  'The verification of {0} found what is not as it was sealed: {1} Find out who was at the database, and restore a backup from before. Run: pilothouse audit verify.':
    'Die Prüfung von {0} fand etwas, das nicht ist, wie es gesiegelt wurde: {1} Stellen Sie fest, wer an der Datenbank war, und stellen Sie eine Sicherung von davor wieder her. Führen Sie aus: pilothouse audit verify.',
  'The whole journal was {0}; that happens each night. See under Settings, Jobs, why "verify-journal" does not run.':
    'Das ganze Journal wurde {0}; das geschieht jede Nacht. Sehen Sie unter Einstellungen, Aufträge nach, warum „verify-journal“ nicht läuft.',
  'never verified': 'nie geprüft',
  'last verified on {0}': 'zuletzt geprüft am {0}',
  'The comparison of {0} found rows that are not as the journal says: {1} Run: pilothouse audit verify --rows only.':
    'Der Vergleich von {0} fand Zeilen, die nicht sind, wie das Journal es sagt: {1} Führen Sie aus: pilothouse audit verify --rows only.',
  'Rows were last compared with the journal on {0}; that happens each night. See under Settings, Jobs, why "verify-journal" does not run to its end.':
    'Die Zeilen wurden zuletzt am {0} mit dem Journal verglichen; das geschieht jede Nacht. Sehen Sie unter Einstellungen, Aufträge nach, warum „verify-journal“ nicht zu Ende läuft.',
}
