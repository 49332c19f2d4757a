/** German texts of signing in through others, and directories. */
export const federation: Readonly<Record<string, string>> = {
  'The logout token is not accepted: it was used already.':
    'Das Abmelde-Token wird nicht angenommen: Es wurde bereits verwendet.',
  'Give the name with which somebody signs in.': 'Geben Sie den Namen an, mit dem sich jemand anmeldet.',
  'It changes nothing.': 'Es ändert nichts.',
  'The sign-in provider': 'Der Anmeldedienst',
  '{0} is no directory; there is no account to look up.':
    '{0} ist kein Verzeichnis; es gibt kein Konto nachzuschlagen.',
  '{0} in UNIT-{1}': '{0} in UNIT-{1}',
  'Nobody in {0} is found as “{1}” by the filter for signing in.':
    'In {0} findet der Anmeldefilter niemanden als „{1}“.',
  'Several entries are found as “{0}”: none of them is let in. Make the filter for signing in narrower.':
    'Als „{0}“ werden mehrere Einträge gefunden: Keiner davon wird eingelassen. Engen Sie den Anmeldefilter ein.',
  'It is disabled there ({0}): nobody is let in with it.':
    'Es ist dort deaktiviert ({0}): Damit wird niemand eingelassen.',
  'This account is P-{0} here.': 'Dieses Konto ist hier P-{0}.',
  'The first sign-in makes it P-{0}, who has the same e-mail.':
    'Die erste Anmeldung verbindet es mit P-{0}, die dieselbe E-Mail hat.',
  'P-{0} has the same e-mail, but {1}: the sign-in would be refused.':
    'P-{0} hat dieselbe E-Mail, aber {1}: Die Anmeldung würde abgelehnt.',
  'The first sign-in makes a person called “{0}”.': 'Die erste Anmeldung legt eine Person „{0}“ an.',
  'Nobody here belongs to it, and persons are not made: the sign-in would be refused.':
    'Hierzu gehört niemand, und Personen werden nicht angelegt: Die Anmeldung würde abgelehnt.',
  'Its manager is nobody here: {0}': 'Die Führungskraft ist hier niemand: {0}',
  'Its manager would be below themselves: {0}': 'Die Führungskraft stünde unter sich selbst: {0}',
  'There is no single {0} called "{1}" here (one entry names it). Add it, or give one that name.':
    'Es gibt hier nicht genau einen Eintrag der Art {0} namens „{1}“ (ein Eintrag nennt ihn). Legen Sie ihn an, oder geben Sie einem diesen Namen.',
  'There is no single {0} called "{1}" here ({2} entries name it). Add it, or give one that name.':
    'Es gibt hier nicht genau einen Eintrag der Art {0} namens „{1}“ ({2} Einträge nennen ihn). Legen Sie ihn an, oder geben Sie einem diesen Namen.',
  'Another entry has the same e-mail, {0}. Give each its own there.':
    'Ein anderer Eintrag hat dieselbe E-Mail, {0}. Geben Sie dort jedem seine eigene.',
  'P-{0} has the e-mail {1}, and belongs to another entry already.':
    'P-{0} hat die E-Mail {1} und gehört bereits zu einem anderen Eintrag.',
  'P-{0} has the e-mail {1} already, and {2}. Allow linking by e-mail, or change one of the two.':
    'P-{0} hat die E-Mail {1} bereits, und {2}. Erlauben Sie das Verbinden über die E-Mail, oder ändern Sie eine der beiden.',
  'P-{0} has the e-mail {1}, and is marked as left. Take that back here, if it is the same person.':
    'P-{0} hat die E-Mail {1} und ist als ausgeschieden markiert. Nehmen Sie das hier zurück, wenn es dieselbe Person ist.',
  '"{0}" is left out: {1}': '„{0}“ wird ausgelassen: {1}',
  'Groups at {0}': 'Gruppen bei {0}',
  'The run writes down what it does.': 'Der Lauf schreibt auf, was er tut.',
  '{0} is no directory; there is nothing to read.': '{0} ist kein Verzeichnis; es gibt nichts zu lesen.',
  'It stopped because of a fault in Pilothouse, which is in the log. The next run reads everything again.':
    'Der Lauf endete wegen eines Fehlers in Pilothouse, der im Protokoll steht. Der nächste Lauf liest alles noch einmal.',
  '{0} shows no entry at all, although {1} persons come from it. Check its base, its filter and what its account may read.':
    '{0} zeigt keinen einzigen Eintrag, obwohl {1} Personen daher kommen. Prüfen Sie Basis und Filter, und was das Konto lesen darf.',
  '{0} of {1} persons would be marked as left, which is more than {2} %. Nothing was changed. Look at the list; if it is right, run it with "let them leave".':
    '{0} von {1} Personen würden als ausgeschieden markiert, das sind mehr als {2} %. Nichts wurde geändert. Sehen Sie die Liste an; wenn sie stimmt, starten Sie den Lauf mit der Erlaubnis zum Ausscheiden.',
  '{0} entries read': '{0} Einträge gelesen',
  '{0}: the entry is gone': '{0}: Der Eintrag ist verschwunden',
  '{0}: the entry is disabled': '{0}: Der Eintrag ist deaktiviert',
  '{0}: the entry is back': '{0}: Der Eintrag ist zurück',
  'It was not taken over: {0}': 'Nicht übernommen: {0}',
  'Somebody changed it meanwhile; the next run takes it over.':
    'Jemand hat den Datensatz inzwischen geändert; der nächste Lauf übernimmt ihn.',
  'Too many sign-ins from this address. Wait a minute, then try again.':
    'Zu viele Anmeldungen von dieser Adresse. Warten Sie eine Minute, und versuchen Sie es dann noch einmal.',
  'P-{0} stays an administrator although the group is gone: there is no other. Make somebody else an administrator first.':
    'P-{0} behält die Rolle Administration, obwohl die Gruppe weg ist: Sonst hat sie niemand. Geben Sie sie zuerst jemand anderem.',
  'No such group at {0} any more': 'Keine solche Gruppe mehr bei {0}',
  'This sign-in was used already, or was never begun here. Sign in again.':
    'Diese Anmeldung wurde bereits verwendet oder hier nie begonnen. Melden Sie sich noch einmal an.',
  'This took longer than {0} minutes. Sign in again.':
    'Das hat länger als {0} Minuten gedauert. Melden Sie sich noch einmal an.',
  'This sign-in was begun in another browser, or cookies are refused here. Sign in again in this one.':
    'Diese Anmeldung wurde in einem anderen Browser begonnen, oder Cookies werden hier abgelehnt. Melden Sie sich in diesem Browser noch einmal an.',
  'The same e-mail, for which {0} is trusted': 'Dieselbe E-Mail, für die {0} vertraut wird',
  'P-{0} signs in with another account of {1}. Ask an administrator to undo that link first.':
    'P-{0} meldet sich mit einem anderen Konto von {1} an. Bitten Sie die Administration, diese Verbindung zuerst zu lösen.',
  '{0} knows you, but you are marked as left here. Ask an administrator if that is wrong.':
    '{0} kennt Sie, aber hier sind Sie als ausgeschieden markiert. Fragen Sie die Administration, wenn das nicht stimmt.',
  'Somebody here has the e-mail {0} already, and {1}. Ask an administrator to allow linking by e-mail for {2}, if it is right.':
    'Jemand hat hier die E-Mail {0} bereits, und {1}. Bitten Sie die Administration, das Verbinden über die E-Mail für {2} zu erlauben, wenn es stimmt.',
  '{0} is not trusted to say who has which e-mail': '{0} wird nicht vertraut, wem welche E-Mail gehört',
  '{0} has not verified that e-mail': '{0} hat diese E-Mail nicht bestätigt',
  '{0} is not trusted for e-mails of {1}': '{0} wird für E-Mails von {1} nicht vertraut',
  '{0} knows you, but nobody here belongs to that account. Ask an administrator to add you.':
    '{0} kennt Sie, aber zu diesem Konto gehört hier niemand. Bitten Sie die Administration, Sie anzulegen.',
  'First sign-in with {0}': 'Erste Anmeldung mit {0}',
  'This way to sign in': 'Dieser Anmeldeweg',
  'The secrets of {0} were kept with another secret of this installation. Enter them again in Settings, Sign-in providers.':
    'Die Geheimnisse von {0} wurden mit einem anderen Geheimnis dieser Installation gespeichert. Geben Sie sie unter Einstellungen, Anmeldedienste noch einmal ein.',
  'This kind has no such secret.': 'Diese Art hat kein solches Geheimnis.',
  'There is a sign-in provider called {0} already. Choose another name.':
    'Es gibt bereits einen Anmeldedienst namens {0}. Wählen Sie einen anderen Namen.',
  'The sign-in that follows is written down.': 'Die Anmeldung, die folgt, wird aufgeschrieben.',
  'This answer comes from another provider than the one that was asked. Sign in again.':
    'Diese Antwort kommt von einem anderen Anmeldedienst als dem gefragten. Melden Sie sich noch einmal an.',
  'This answer was used already. Sign in again.':
    'Diese Antwort wurde bereits verwendet. Melden Sie sich noch einmal an.',
  'Give it a name; it stands on the button.': 'Geben Sie einen Namen an; er steht auf der Schaltfläche.',
  'Only a SCIM client has a token.': 'Nur ein SCIM-Client hat ein Token.',
  'There is a token. It was never used.': 'Es gibt ein Token. Es wurde nie verwendet.',
  'There is a token. It was last used at {0}.': 'Es gibt ein Token. Es wurde zuletzt verwendet: {0}.',
  'There is no token yet. Make one, and give it to the client.':
    'Es gibt noch kein Token. Legen Sie eines an, und geben Sie es dem Client.',
  'Fill this in.': 'Füllen Sie dies aus.',
  'Give an address that begins with https://.': 'Geben Sie eine Adresse an, die mit https:// beginnt.',
  'This is not the name of an attribute.': 'Das ist kein Name eines Attributs.',
  'This is not a role.': 'Das ist keine Rolle.',
  'Choose a role.': 'Wählen Sie eine Rolle.',
  'Give the part behind the @.': 'Geben Sie den Teil hinter dem @ an.',
  'Paste the certificate with which it signs.': 'Fügen Sie das Zertifikat ein, mit dem signiert wird.',
  'Give ldaps://host or ldap://host with a port if needed, and nothing behind it.':
    'Geben Sie ldaps://host oder ldap://host an, mit Port, wenn nötig, und nichts dahinter.',
  'Write attribute=value or attribute&bit.': 'Schreiben Sie Attribut=Wert oder Attribut&Bit.',
  'A session ends; signing in is written down.': 'Eine Sitzung endet; die Anmeldung ist aufgeschrieben.',
  'Name and password do not belong together at {0}. Try again.':
    'Name und Passwort gehören bei {0} nicht zusammen. Versuchen Sie es noch einmal.',
  'This is no certificate. Paste it with its lines BEGIN CERTIFICATE and END CERTIFICATE.':
    'Das ist kein Zertifikat. Fügen Sie es mit den Zeilen BEGIN CERTIFICATE und END CERTIFICATE ein.',
  'The certificate ended on {0}. Ask for the new one.':
    'Das Zertifikat ist am {0} abgelaufen. Fordern Sie das neue an.',
  '{0} is inside our own network. If that is right, name it under "Servers inside our network" of this provider.':
    '{0} liegt im eigenen Netz. Wenn das stimmt, nennen Sie es unter „Server in unserem Netz“ dieses Anmeldedienstes.',
  '{0} did not answer within ten seconds. Look whether it is running and reachable from here.':
    '{0} hat binnen zehn Sekunden nicht geantwortet. Prüfen Sie, ob es läuft und von hier erreichbar ist.',
  'There is no server called {0}. Check the address.': 'Es gibt keinen Server namens {0}. Prüfen Sie die Adresse.',
  'The certificate of {0} is not trusted ({1}). Have it signed by an authority that this machine trusts.':
    'Dem Zertifikat von {0} wird nicht vertraut ({1}). Lassen Sie es von einer Stelle signieren, der dieser Rechner vertraut.',
  '{0} cannot be reached ({1}). Check the address.': '{0} ist nicht erreichbar ({1}). Prüfen Sie die Adresse.',
  '{0} says that your account is disabled. Ask its administrator.':
    '{0} sagt, dass Ihr Konto deaktiviert ist. Fragen Sie dort die Administration.',
  '{0} has no attribute {1}, by which it would be known again after a move. Choose another one.':
    '{0} hat kein Attribut {1}, an dem es nach einem Umzug wiedererkannt würde. Wählen Sie ein anderes.',
  '{0} answers, and {1}.': '{0} antwortet, und {1}.',
  'lets anybody read': 'lässt alle lesen',
  'the account may read': 'das Konto darf lesen',
  'Entries have no attribute {0}: without it nobody is known again after a move.':
    'Einträge haben kein Attribut {0}: Ohne es wird nach einem Umzug niemand wiedererkannt.',
  'It finds, for example: {0}.': 'Gefunden werden zum Beispiel: {0}.',
  'None of them has an e-mail in {0}.': 'Keiner davon hat eine E-Mail in {0}.',
  'Give the password of {0}.': 'Geben Sie das Passwort von {0} an.',
  'Passwords would travel to {0} in the clear. Use ldaps://, or switch StartTLS on.':
    'Passwörter gingen unverschlüsselt an {0}. Verwenden Sie ldaps://, oder schalten Sie StartTLS ein.',
  '{0} refuses the account {1}: its name or password is wrong.':
    '{0} lehnt das Konto {1} ab: Name oder Passwort ist falsch.',
  '{0} has no entry "{1}". Check the base.': '{0} hat keinen Eintrag „{1}“. Prüfen Sie die Basis.',
  '{0} does not let the account read that many entries. Raise its size limit for {1}.':
    '{0} lässt das Konto nicht so viele Einträge lesen. Erhöhen Sie das Größenlimit für {1}.',
  '{0} wants an encrypted connection. Use ldaps://, or switch StartTLS on.':
    '{0} verlangt eine verschlüsselte Verbindung. Verwenden Sie ldaps://, oder schalten Sie StartTLS ein.',
  'The certificate of {0} is not trusted ({1}). Paste the certificate of the authority that signed it.':
    'Dem Zertifikat von {0} wird nicht vertraut ({1}). Fügen Sie das Zertifikat der Stelle ein, die es signiert hat.',
  '{0} cannot be reached ({1}). Check the address and the port.':
    '{0} ist nicht erreichbar ({1}). Prüfen Sie Adresse und Port.',
  '{0} did not answer in time. Look whether it is running and reachable from here.':
    '{0} hat nicht rechtzeitig geantwortet. Prüfen Sie, ob es läuft und von hier erreichbar ist.',
  '{0} answers: {1}: {2}': '{0} antwortet: {1}: {2}',
  'The logout token is not accepted: {0}.': 'Das Abmelde-Token wird nicht angenommen: {0}.',
  '{0} does not say where its keys are.': '{0} sagt nicht, wo die Schlüssel liegen.',
  '{0} is not protected by TLS. Give its https:// address.':
    '{0} ist nicht durch TLS geschützt. Geben Sie die https://-Adresse an.',
  'The provider sent no id_token.': 'Der Anmeldedienst hat kein id_token gesendet.',
  '{0} answers, and offers what is needed.': '{0} antwortet und bietet, was gebraucht wird.',
  'It does not say that it knows PKCE (S256). We send it all the same.':
    'Es sagt nicht, dass es PKCE (S256) kennt. Wir senden es trotzdem.',
  'It does not name itself in its answers (RFC 9207); its own callback address keeps it apart from others.':
    'Es nennt sich in seinen Antworten nicht selbst (RFC 9207); die eigene Rückkehradresse hält es von anderen getrennt.',
  'Register this address there for coming back: {0}': 'Tragen Sie dort diese Adresse für die Rückkehr ein: {0}',
  '{0} did not let you in ({1}). Try again, or ask its administrator.':
    '{0} hat Sie nicht eingelassen ({1}). Versuchen Sie es noch einmal, oder fragen Sie dort die Administration.',
  "{0} refused: {1}. Sign in again; if it stays, check the client's id and secret.":
    '{0} hat abgelehnt: {1}. Melden Sie sich noch einmal an; bleibt es dabei, prüfen Sie Kennung und Geheimnis des Clients.',
  'The answer of {0} is not accepted: {1}. Sign in again; if it stays, check its settings.':
    'Die Antwort von {0} wird nicht angenommen: {1}. Melden Sie sich noch einmal an; bleibt es dabei, prüfen Sie die Einstellungen.',
  'it was issued by "{0}", not by "{1}"': 'sie wurde von „{0}“ ausgestellt, nicht von „{1}“',
  'it is not meant for this address and this sign-in': 'sie ist nicht für diese Adresse und diese Anmeldung bestimmt',
  'it names nobody (NameID)': 'sie nennt niemanden (NameID)',
  'its name for you changes each time (transient NameID); choose a persistent one there':
    'Ihr Name darin wechselt jedes Mal (transiente NameID); wählen Sie dort einen dauerhaften',
  'The certificate is readable and in force.': 'Das Zertifikat ist lesbar und gültig.',
  '{0} certificates are readable and in force.': '{0} Zertifikate sind lesbar und gültig.',
  'Or by hand: entity ID {0}, assertion consumer service {1} (POST), assertions signed with SHA-256.':
    'Oder von Hand: Entity-ID {0}, Assertion Consumer Service {1} (POST), Assertions mit SHA-256 signiert.',
}
