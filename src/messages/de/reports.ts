/** German texts of reports. */
export const reports: Readonly<Record<string, string>> = {
  '"{0}" is not a format of reports. Choose csv, xlsx or pdf.':
    '„{0}“ ist kein Format von Berichten. Wählen Sie csv, xlsx oder pdf.',
  '"{0}" is no number. Choose a field that holds numbers, lengths of time or money.':
    '„{0}“ ist keine Zahl. Wählen Sie ein Feld mit Zahlen, Zeitdauern oder Geld.',
  Count: 'Anzahl',
  'Sum of {0}': 'Summe {0}',
  'Sum of {0}: {1}': 'Summe {0}: {1}',
  '{0}: currency': '{0}: Währung',
  'On the sheet “{0}”': 'Auf dem Blatt „{0}“',
  Table: 'Tabelle',
  '"{0}" is no day or time. Choose one that lies in the period.':
    '„{0}“ ist kein Tag und kein Zeitpunkt. Wählen Sie einen, der im Zeitraum liegt.',
  '{0} was made by its schedule. It is sent once you have written why these changed: {1}.':
    '{0} wurde nach Plan erstellt. Gesendet wird die Ausgabe, sobald Sie geschrieben haben, warum sich diese Zahlen verändert haben: {1}.',
  '{0} was released. You find it attached.': '{0} wurde freigegeben. Sie finden den Bericht im Anhang.',
  '{0} was released.': '{0} wurde freigegeben.',
  '{0} is released and stays as it is. Make another issue.':
    '{0} ist freigegeben und bleibt, wie sie ist. Erstellen Sie eine weitere Ausgabe.',
  '{0} of {1}': '{0} von {1}',
  '{0}%, before: {1}': '{0} %, zuvor: {1}',
  '{0} points, before: {1}': '{0} Punkte, zuvor: {1}',
  '{0} cannot be released without commentary.': '{0} kann ohne Kommentar nicht freigegeben werden.',
  '{0} waits for your commentary': '{0} wartet auf Ihren Kommentar',
  '{0} could not be made': '{0} konnte nicht erstellt werden',
  '{0} could not be made by its schedule.': '{0} konnte nicht nach Plan erstellt werden.',
  '{0} was to be made by its schedule, and could not be: {1}':
    '{0} sollte nach Plan erstellt werden und konnte es nicht: {1}',
  '{0} parts were left out, as you may not read them.': '{0} Teile fehlen, weil Sie sie nicht lesen dürfen.',
  'A report has at most {0} figures; this one has {1}.': 'Ein Bericht hat höchstens {0} Kennzahlen; dieser hat {1}.',
  'It takes longer than {0} seconds to read this report. Give it fewer parts, narrower filters or a shorter period.':
    'Diesen Bericht zu lesen dauert länger als {0} Sekunden. Geben Sie ihm weniger Teile, engere Filter oder einen kürzeren Zeitraum.',
  'It waits in the outbox: no mail server is set.':
    'Die E-Mail wartet im Postausgang: Es ist kein Mailserver eingestellt.',
  'No PDF could be made of it.': 'Davon konnte keine PDF-Datei erstellt werden.',
  'Open the report': 'Bericht öffnen',
  'There are more than {0} days or periods in it. Group by longer ones, or narrow the filter.':
    'Darin sind mehr als {0} Tage oder Zeiträume. Gruppieren Sie nach längeren, oder engen Sie den Filter ein.',
  'There are more than {0} groups. Group by longer periods or by another field, or narrow the filter.':
    'Es sind mehr als {0} Gruppen. Gruppieren Sie nach längeren Zeiträumen oder einem anderen Feld, oder engen Sie den Filter ein.',
  'There is no figure "{0}" to write about.': 'Es gibt keine Kennzahl „{0}“, zu der etwas zu schreiben wäre.',
  '{0} parts were left out, as this person may not read them.':
    '{0} Teile wurden weggelassen, weil diese Person sie nicht lesen darf.',
  '{0} min': '{0} min',
  '{0} – {1}, compared with {2} – {3}': '{0} – {1}, verglichen mit {2} – {3}',
  '{0} in all': '{0} insgesamt',
  'A comment has at most {0} characters.': 'Ein Kommentar hat höchstens {0} Zeichen.',
  Before: 'Zuvor',
  Change: 'Veränderung',
  Commentary: 'Kommentar',
  Figure: 'Kennzahl',
  'Chart: {0}. {1}': 'Diagramm: {0}. {1}',
  'Choose what to group by.': 'Wählen Sie, wonach gruppiert wird.',
  'Choose who gets it.': 'Wählen Sie, wer ihn bekommt.',
  'Give the commentary as texts by figure.': 'Geben Sie den Kommentar als Texte je Kennzahl an.',
  'Issues of {0} are made by its owner and by managers.':
    'Ausgaben von {0} erstellen die verantwortliche Person und die IT-Leitung.',
  'Its owner is not here any more. Somebody else has to make a report of it.':
    'Die verantwortliche Person ist nicht mehr da. Jemand anderes muss einen eigenen Bericht daraus machen.',
  'Made {0} by {1}': 'Erstellt {0} von {1}',
  'Made from {0}': 'Erstellt aus {0}',
  Made: 'Erstellt',
  'Many PDFs are being made. Try again in a minute.':
    'Gerade werden viele PDF-Dateien erstellt. Versuchen Sie es in einer Minute wieder.',
  'Open it in Pilothouse': 'In Pilothouse öffnen',
  'Open the issue': 'Ausgabe öffnen',
  'Page {0} of {1}': 'Seite {0} von {1}',
  Period: 'Zeitraum',
  'Released by its schedule: nothing had to be explained.': 'Nach Plan freigegeben: Nichts musste erklärt werden.',
  'Say from which day on it is sent.': 'Geben Sie an, ab welchem Tag er gesendet wird.',
  'The PDF is too large. Make the report shorter, or take the workbook.':
    'Die PDF-Datei ist zu groß. Kürzen Sie den Bericht, oder nehmen Sie die Arbeitsmappe.',
  'The blocks are not understood: {0}': 'Die Bausteine sind nicht verständlich: {0}',
  'The block at {0} is not understood: {1}': 'Der Baustein bei {0} ist nicht verständlich: {1}',
  'The data of this issue is not there any more. Bring it back from a backup.':
    'Die Daten dieser Ausgabe sind nicht mehr da. Holen Sie sie aus einer Sicherung zurück.',
  'The data of this issue is not what was kept. Bring it back from a backup.':
    'Die Daten dieser Ausgabe sind nicht mehr die, die behalten wurden. Holen Sie sie aus einer Sicherung zurück.',
  'The report holds more than {0} MB. Make its tables shorter.':
    'Der Bericht enthält mehr als {0} MB. Kürzen Sie seine Tabellen.',
  'The report is too long for a PDF. Make its tables shorter, or take the workbook.':
    'Der Bericht ist zu lang für eine PDF-Datei. Kürzen Sie seine Tabellen, oder nehmen Sie die Arbeitsmappe.',
  'The report needs too much memory for a PDF. Make it shorter, or take the workbook.':
    'Der Bericht braucht zu viel Speicher für eine PDF-Datei. Kürzen Sie ihn, oder nehmen Sie die Arbeitsmappe.',
  'The report takes too long for a PDF. Make it shorter, or take the workbook.':
    'Der Bericht dauert zu lang für eine PDF-Datei. Kürzen Sie ihn, oder nehmen Sie die Arbeitsmappe.',
  'There is no address to write to.': 'Es gibt keine Adresse, an die man schreiben könnte.',
  'This installation makes no PDF: an optional package is missing. Print the page with your browser.':
    'Diese Installation erstellt keine PDF-Dateien: Ein optionales Paket fehlt. Drucken Sie die Seite mit Ihrem Browser.',
  'This part cannot be read.': 'Dieser Teil kann nicht gelesen werden.',
  'This part is left out: it was made of records that you may not read.':
    'Dieser Teil fehlt: Er entstand aus Datensätzen, die Sie nicht lesen dürfen.',
  'This person is not here any more.': 'Diese Person ist nicht mehr da.',
  'This person may not read reports.': 'Diese Person darf keine Berichte lesen.',
  'This person may read nothing of what it was made of.': 'Diese Person darf nichts von dem lesen, woraus er entstand.',
  'Two blocks or figures have one id. Give each its own.':
    'Zwei Bausteine oder Kennzahlen haben dieselbe Kennung. Geben Sie jedem eine eigene.',
  'What is sent to others is for everybody who reads reports. Choose that, or take the schedule away.':
    'Was an andere gesendet wird, ist für alle, die Berichte lesen. Wählen Sie das, oder nehmen Sie den Plan weg.',
  'Write first why these changed: {0}.': 'Schreiben Sie zuerst, warum sich diese Zahlen verändert haben: {0}.',
  'You get this because the report is yours.': 'Sie bekommen das, weil der Bericht Ihrer ist.',
  'You get this because you are among the recipients of this report.':
    'Sie bekommen das, weil Sie diesen Bericht empfangen.',
  'You may not read {0}.': 'Sie dürfen {0} nicht lesen.',
  'before: {0}': 'zuvor: {0}',
  'no value': 'kein Wert',
  no: 'nein',
  others: 'andere',
  yes: 'ja',
  Yes: 'Ja',
  No: 'Nein',
  'A skeleton for the board: summary, figures, major incidents, decisions to be made.':
    'Ein Gerüst für die Geschäftsleitung: Zusammenfassung, Kennzahlen, Großstörungen, anstehende Entscheidungen.',
  'Board pack': 'Vorlage für die Geschäftsleitung',
  'By priority': 'Nach Priorität',
  'By service': 'Nach Service',
  'Decisions to be made': 'Anstehende Entscheidungen',
  'Each of them': 'Jede einzelne',
  'First answers in time, percent': 'Erste Reaktionen in der Frist, Prozent',
  'How many promises were kept, which services missed theirs, and each incident that was late.':
    'Wie viele Zusagen eingehalten wurden, welche Services ihre verfehlten, und jede Störung, die zu spät war.',
  'Improvement actions open': 'Offene Verbesserungsmaßnahmen',
  'In figures': 'In Zahlen',
  'Incidents opened': 'Eröffnete Störungen',
  'Incidents past their due time': 'Überfällige Störungen',
  'Incidents resolved': 'Gelöste Störungen',
  'Last 30 days': 'Letzte 30 Tage',
  'Last 90 days': 'Letzte 90 Tage',
  'Last month': 'Letzter Monat',
  'Last quarter': 'Letztes Quartal',
  'Last week': 'Letzte Woche',
  'Last financial year': 'Letztes Geschäftsjahr',
  'Last year': 'Letztes Jahr',
  'Late incidents by service': 'Verspätete Störungen nach Service',
  'Late incidents by week and priority': 'Verspätete Störungen nach Woche und Priorität',
  'Open longest': 'Am längsten offen',
  'Open now': 'Jetzt offen',
  'Opened, day by day': 'Eröffnet, Tag für Tag',
  'Promises kept': 'Eingehaltene Zusagen',
  'Resolved in time, percent': 'In der Frist gelöst, Prozent',
  'Satisfaction, of 5': 'Zufriedenheit, von 5',
  'Service desk month': 'Monat des Service-Desk',
  'Service levels month': 'Monat der Service-Levels',
  Summary: 'Zusammenfassung',
  'This month so far': 'Dieser Monat bisher',
  'This financial year so far': 'Dieses Geschäftsjahr bisher',
  'This year so far': 'Dieses Jahr bisher',
  'Three sentences: what went well, what did not, what we ask for.':
    'Drei Sätze: was gut ging, was nicht, worum wir bitten.',
  'What came in, what was solved, how people judged it, and what is still open.':
    'Was hereinkam, was gelöst wurde, wie es beurteilt wurde und was noch offen ist.',
  'What the board is asked to decide, with what it costs and what happens otherwise.':
    'Was die Geschäftsleitung entscheiden soll, was es kostet und was sonst geschieht.',
  Report: 'Bericht',
  Reports: 'Berichte',
  'Report issue': 'Berichtsausgabe',
  'Report issues': 'Berichtsausgaben',
  'Figures, tables and charts over saved filters, with text: on screen, in print and by mail.':
    'Kennzahlen, Tabellen und Diagramme über Filter, mit Text: am Bildschirm, auf Papier und per E-Mail.',
  Blocks: 'Bausteine',
  'What it is for, and for whom.': 'Wofür er ist, und für wen.',
  'Who made it; it is made and sent with their rights.':
    'Wer ihn angelegt hat; er wird mit den Rechten dieser Person erstellt und gesendet.',
  'The days that it is about, seen from the day it is made.':
    'Die Tage, um die es geht, vom Tag der Erstellung aus gesehen.',
  'Who may read it': 'Wer ihn lesen darf',
  'Only its owner': 'Nur die verantwortliche Person',
  'Everybody who reads reports': 'Alle, die Berichte lesen',
  'What it is made of.': 'Woraus er besteht.',
  'Sent on': 'Gesendet am',
  'How often it is sent by mail, as an iCalendar rule: FREQ=MONTHLY;BYMONTHDAY=2.':
    'Wie oft er per E-Mail gesendet wird, als iCalendar-Regel: FREQ=MONTHLY;BYMONTHDAY=2.',
  'First sent on': 'Zuerst gesendet am',
  Recipients: 'Empfangende',
  'Next sent on': 'Nächste Sendung am',
  'Each gets it in their language, and only what they may read themselves.':
    'Jede Person bekommt ihn in ihrer Sprache und nur, was sie selbst lesen darf.',
  'Why it could not be made by its schedule.': 'Warum er nicht nach Plan erstellt werden konnte.',
  'Sent by mail': 'Per E-Mail gesendet',
  'A report reads figures from your records each time it is made, and keeps every issue as it was. Begin with a ready-made one, or build your own.':
    'Ein Bericht liest bei jeder Erstellung Zahlen aus Ihren Datensätzen und behält jede Ausgabe, wie sie war. Beginnen Sie mit einem fertigen, oder bauen Sie einen eigenen.',
  'A report as it was made once: its data does not change any more; the commentary is written until it is released.':
    'Ein Bericht, wie er einmal erstellt wurde: Seine Daten ändern sich nicht mehr; der Kommentar wird geschrieben, bis er freigegeben ist.',
  Draft: 'Entwurf',
  'Whose rights it was read with.': 'Mit wessen Rechten er gelesen wurde.',
  'A draft is for its owner alone.': 'Ein Entwurf ist nur für die verantwortliche Person.',
  Data: 'Daten',
  'The SHA-256 of what was read, as canonical JSON.': 'Der SHA-256 dessen, was gelesen wurde, als kanonisches JSON.',
  'To be explained': 'Zu erklären',
  'Why figures changed, by figure.': 'Warum sich Kennzahlen verändert haben, je Kennzahl.',
  'What whoever releases or withdraws it says to that.': 'Was dazu sagt, wer sie freigibt oder zurückzieht.',
  'Released by': 'Freigegeben von',
  'Sent to': 'Gesendet an',
  'An issue appears here when a report is made: open a report and make one.':
    'Hier erscheint eine Ausgabe, wenn ein Bericht erstellt wird: Öffnen Sie einen Bericht, und erstellen Sie eine.',
}
