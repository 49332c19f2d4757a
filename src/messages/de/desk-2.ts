/** German texts of the service desk: incidents, major incidents, surveys. */
export const desk2: Readonly<Record<string, string>> = {
  'It is back': 'Es ist wieder da',
  'Finish the review': 'Nachbetrachtung abschließen',
  Commander: 'Einsatzleitung',
  Communicator: 'Kommunikation',
  Scribe: 'Protokoll',
  'Mitigated at': 'Eingedämmt am',
  'Over at': 'Vorbei am',
  'What happened': 'Was geschehen ist',
  'Reviewed at': 'Nachbetrachtet am',
  'What those affected by a major incident were told, and when they hear more.':
    'Was den Betroffenen einer Großstörung mitgeteilt wurde, und wann sie mehr hören.',
  News: 'Lagemeldungen',
  'The crew': 'Das Einsatzteam',
  'Those affected': 'Die Betroffenen',
  'Next news': 'Nächste Lagemeldung',
  'News late since': 'Lagemeldung überfällig seit',
  'When the news was due that those affected have not had yet.':
    'Wann die Lagemeldung fällig war, die die Betroffenen noch nicht haben.',
  'The news to those affected': 'die Lagemeldung an die Betroffenen',
  'Nobody waits for news any more': 'Niemand wartet mehr auf eine Lagemeldung',
  'Those affected wait for news': 'Die Betroffenen warten auf eine Lagemeldung',
  'Last news': 'Letzte Lagemeldung',
  Message: 'Mitteilung',
  'What kind of trouble it is. Categories form a tree.':
    'Um welche Art von Störung es geht. Kategorien bilden einen Baum.',
  Categories: 'Kategorien',
  'Who gets incidents of this kind first.': 'Wer Störungen dieser Art zuerst bekommt.',
  'A few categories are enough: they route work and show where trouble comes from.':
    'Wenige Kategorien genügen: Sie leiten Arbeit weiter und zeigen, woher Störungen kommen.',
  'Time that somebody worked on a record.': 'Zeit, die jemand an einem Datensatz gearbeitet hat.',
  'Time entry': 'Zeiteintrag',
  'Time entries': 'Zeiteinträge',
  'Who worked; you, when empty.': 'Wer gearbeitet hat; leer: Sie.',
  Minutes: 'Minuten',
  'A text that is used again and again in answers.': 'Ein Text, der in Antworten immer wieder verwendet wird.',
  'Canned reply': 'Textbaustein',
  'Canned replies': 'Textbausteine',
  'Markdown. {{requester}}, {{number}}, {{subject}} and {{me}} are filled in.':
    'Markdown. {{requester}}, {{number}}, {{subject}} und {{me}} werden eingesetzt.',
  'Only for this team; for everybody when empty.': 'Nur für dieses Team; leer: für alle.',
  'Write the answers that you give every week once.':
    'Schreiben Sie die Antworten, die Sie jede Woche geben, einmal auf.',
  'One question after an incident is resolved: was it good?':
    'Eine Frage, nachdem eine Störung gelöst ist: War es gut?',
  Answered: 'Beantwortet',
  '1 bad … 5 very good': '1 schlecht … 5 sehr gut',
  'Each resolved incident asks its requester one question. The answers appear here.':
    'Jede gelöste Störung stellt der meldenden Person eine Frage. Die Antworten erscheinen hier.',
  Survey: 'Umfrage',
  Surveys: 'Umfragen',
  Answer: 'Beantworten',
  Score: 'Bewertung',
  'Answered at': 'Beantwortet am',
}
