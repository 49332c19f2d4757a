/** German: notices, the inbox, mentions. */
export const notices: Readonly<Record<string, string>> = {
  'Security of my account': 'Sicherheit meines Kontos',
  'A new password, a second factor, a new way to sign in.':
    'Ein neues Passwort, ein zweiter Faktor, ein neuer Weg der Anmeldung.',
  'A promised time passes': 'Eine zugesagte Zeit verstreicht',
  'A step of a service level names me.': 'Eine Stufe eines Service-Levels nennt mich.',
  'I am mentioned': 'Ich werde erwähnt',
  'Somebody writes @ and my name, or that of my team, in a comment.':
    'Jemand schreibt @ und meinen Namen oder den meines Teams in einen Kommentar.',
  'Given to me, or in my name': 'Mir gegeben oder in meinem Namen',
  'I become the assignee, the owner, the requester, the commander …':
    'Ich werde zuständig, verantwortlich, anfragend, leitend …',
  'Due and overdue': 'Fällig und überfällig',
  'Of what is mine: tasks, actions and whatever else has a day; work whose promised time runs out.':
    'Von dem, was mir gehört: Aufgaben, Maßnahmen und was sonst einen Tag hat; Arbeit, deren zugesagte Zeit abläuft.',
  'The time for {0} is over.': 'Die Zeit für {0} ist vorbei.',
  '{0} % of the time for {1} has passed.': '{0} % der Zeit für {1} sind vergangen.',
  'On what I watch, have in hand, own or asked for.':
    'Zu dem, was ich beobachte, bearbeite, verantworte oder angefragt habe.',
  'Changes of state': 'Änderungen des Status',
  'Of what I watch, have in hand, own or asked for.':
    'Von dem, was ich beobachte, bearbeite, verantworte oder angefragt habe.',
  'Given to my team': 'Meinem Team gegeben',
  'Off at first: the list of the team shows it, and nobody reads what everybody gets.':
    'Zuerst aus: Die Liste des Teams zeigt es, und was alle erhalten, liest niemand.',
  'Other changes': 'Andere Änderungen',
  'Of what I watch.': 'Von dem, was ich beobachte.',
  '{0} mentioned your team.': '{0} hat Ihr Team erwähnt.',
  '{0} mentioned you.': '{0} hat Sie erwähnt.',
  '{0} made you {1}.': '{0} hat Sie eingetragen: {1}.',
  'It was due yesterday.': 'Es war gestern fällig.',
  'It is due today.': 'Es ist heute fällig.',
  '{0} commented.': '{0} hat kommentiert.',
  '{0} moved it to {1}.': '{0} hat den Status geändert: {1}.',
  '{0} gave it to your team.': '{0} hat es Ihrem Team gegeben.',
  '{0} changed {1}.': '{0} hat geändert: {1}.',
  'You get this because it is about your own account. It cannot be switched off.':
    'Sie erhalten dies, weil es um Ihr eigenes Konto geht. Es lässt sich nicht abschalten.',
  'You get this because a step of the service level names you.':
    'Sie erhalten dies, weil eine Stufe des Service-Levels Sie nennt.',
  'You get this because you are mentioned.': 'Sie erhalten dies, weil Sie erwähnt sind.',
  'You get this because you are in the team.': 'Sie erhalten dies, weil Sie im Team sind.',
  'You get this because you watch it.': 'Sie erhalten dies, weil Sie es beobachten.',
  'You get this because you made it.': 'Sie erhalten dies, weil Sie es angelegt haben.',
  'You get this because it names you.': 'Sie erhalten dies, weil es Sie nennt.',
  'You get this because you are its {0}.': 'Sie erhalten dies, weil es Sie nennt: {0}.',
  '{0} change on {1}': '{0} Änderung an {1}',
  '{0} changes on {1}': '{0} Änderungen an {1}',
  'Only how one person keeps their own inbox; what it tells stands in the journal already.':
    'Nur wie eine Person ihren eigenen Eingang ordnet; was darin steht, ist schon im Journal.',
  'At most 500 at once.': 'Höchstens 500 auf einmal.',
  'Give the batch that the deed answered.': 'Geben Sie den Stapel an, den die Handlung geantwortet hat.',
  'Only a person has an inbox.': 'Nur eine Person hat einen Eingang.',
  '"after" is not where a page ended. Begin with the first page.':
    '„after“ ist nicht das Ende einer Seite. Beginnen Sie mit der ersten.',
  'Say which lines: by "items", or "all" that a filter shows.':
    'Sagen Sie, welche Zeilen: mit „items“, oder mit „all“ die eines Filters.',
  'Say until when, within a year: "until" is a moment that is still to come.':
    'Sagen Sie, bis wann, innerhalb eines Jahres: „until“ ist ein Zeitpunkt, der noch kommt.',
  'Write the time as 07:30.': 'Schreiben Sie die Uhrzeit als 07:30.',
  'Only how one person wants to be told.': 'Nur wie eine Person benachrichtigt werden will.',
  'Give the name of a kind of record.': 'Geben Sie den Namen einer Art von Datensatz an.',
  'The record': 'Der Datensatz',
  'This link': 'Dieser Link',
  'Mails about: {0}': 'E-Mails über: {0}',
  'All mails but those about the security of my account': 'Alle E-Mails außer denen zur Sicherheit meines Kontos',
  'Everything about one record': 'Alles zu einem Datensatz',
  'Notices: {0}': 'Benachrichtigungen: {0}',
  'Open {0}': '{0} öffnen',
  'Open the inbox': 'Den Eingang öffnen',
  '{0} record has news for you': '{0} Datensatz hat Neues für Sie',
  '{0} records have news for you': '{0} Datensätze haben Neues für Sie',
  'And {0} more, in your inbox.': 'Und {0} weitere, in Ihrem Eingang.',
  'You get this because you chose to be told of these things by mail. The inbox says of each why.':
    'Sie erhalten dies, weil Sie davon per E-Mail hören wollen. Der Eingang sagt zu jedem, warum.',
  'Only on which browsers one person is told.': 'Nur auf welchen Browsern eine Person benachrichtigt wird.',
  'This browser': 'Dieser Browser',
  'These are no keys of a push subscription (RFC 8291).': 'Das sind keine Schlüssel eines Push-Abonnements (RFC 8291).',
  'Give it in base64url, as the browser has it.': 'Geben Sie es in base64url an, wie der Browser es hat.',
  'Give the https address that the browser has.': 'Geben Sie die https-Adresse an, die der Browser hat.',
  'News in your inbox': 'Neues in Ihrem Eingang',
  'Its push service answers {0}.': 'Sein Push-Dienst antwortet {0}.',
  'No more such mails': 'Keine solchen E-Mails mehr',
  'No more mails about: {0}': 'Keine E-Mails mehr über: {0}',
}
