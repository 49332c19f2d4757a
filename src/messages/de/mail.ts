/** German: mails, their server and their outbox. */
export const mail: Readonly<Record<string, string>> = {
  'Its link was over before it could be sent.': 'Ihr Link war abgelaufen, bevor sie gesendet werden konnte.',
  '"{0}" is not an e-mail address. Correct it at the person.':
    '„{0}“ ist keine E-Mail-Adresse. Berichtigen Sie sie bei der Person.',
  'It was tried for {0} days.': 'Es wurde {0} Tage lang versucht.',
  'The password of the mail server was kept with another secret of this installation. Enter it again in Settings, Mail.':
    'Das Passwort des Mailservers wurde mit einem anderen Geheimnis dieser Installation abgelegt. Geben Sie es unter Einstellungen, E-Mail neu ein.',
  'What belongs into its link cannot be read any more: the secret of this installation has changed.':
    'Was in ihren Link gehört, ist nicht mehr lesbar: Das Geheimnis dieser Installation hat sich geändert.',
  'It waited when this database was brought back to an earlier moment, and may have been sent since.':
    'Sie wartete, als diese Datenbank auf einen früheren Stand gebracht wurde, und ist vielleicht inzwischen gesendet.',
  '(known to the recipient alone)': '(nur der empfangenden Person bekannt)',
  'It is being sent at this moment.': 'Sie wird gerade gesendet.',
  'This mail is done already.': 'Diese E-Mail ist schon erledigt.',
  'The link in it is over. Let the person ask for a new one.':
    'Ihr Link ist abgelaufen. Lassen Sie die Person einen neuen anfordern.',
  'There is no mail server yet. Give one above first.':
    'Es gibt noch keinen Mailserver. Geben Sie zuerst oben einen an.',
  'Give your e-mail address.': 'Geben Sie Ihre E-Mail-Adresse an.',
  'The worker that finds the account writes it down.': 'Der Hintergrunddienst, der das Konto findet, schreibt es auf.',
  'No mail is sent from here. Ask an administrator for a link.':
    'Von hier werden keine E-Mails gesendet. Lassen Sie sich von der Administration einen Link geben.',
  'Somebody asked for a new password for this address{0}.':
    'Für diese Adresse wurde ein neues Passwort angefordert{0}.',
  ', from {0} with {1}': ', von {0} mit {1}',
  'A new password for Pilothouse': 'Ein neues Passwort für Pilothouse',
  'How you sign in to Pilothouse': 'Wie Sie sich bei Pilothouse anmelden',
  'You get this because the address was typed on the sign-in page. If that was not you, leave it: nothing has changed.':
    'Sie erhalten dies, weil die Adresse auf der Anmeldeseite eingegeben wurde. Waren Sie das nicht, ist nichts zu tun: Es hat sich nichts geändert.',
  'A new password was asked for on the sign-in page': 'Auf der Anmeldeseite wurde ein neues Passwort angefordert',
  'The link below is good once and for {0} minutes. It ends your other sessions; a second factor is asked for as before.':
    'Der Link unten gilt einmal und {0} Minuten lang. Er beendet Ihre anderen Sitzungen; nach einem zweiten Faktor wird wie bisher gefragt.',
  'Set a new password': 'Neues Passwort festlegen',
  'Your password is not kept in Pilothouse. You sign in with {0}; a forgotten password is renewed there.':
    'Ihr Passwort liegt nicht in Pilothouse. Sie melden sich mit {0} an; ein vergessenes Passwort wird dort erneuert.',
  'To the sign-in page': 'Zur Anmeldeseite',
  'Your password was changed': 'Ihr Passwort wurde geändert',
  'Your password was set by a link': 'Ihr Passwort wurde über einen Link festgelegt',
  'An authenticator app was set up for you': 'Für Sie wurde eine Authenticator-App eingerichtet',
  'Your authenticator app was removed': 'Ihre Authenticator-App wurde entfernt',
  'A passkey was added for you': 'Für Sie wurde ein Passkey hinzugefügt',
  'A passkey of yours was removed': 'Einer Ihrer Passkeys wurde entfernt',
  'An administrator removed your second factors': 'Die Administration hat Ihre zweiten Faktoren entfernt',
  'New recovery codes were made for you': 'Für Sie wurden neue Wiederherstellungscodes erzeugt',
  'You can now sign in in another way': 'Sie können sich jetzt auf einem weiteren Weg anmelden',
  ' from {0}': ' von {0}',
  ' from {0} with {1}': ' von {0} mit {1}',
  'If that was you, there is nothing to do. If not, set a new password at once, end your other sessions, and tell an administrator.':
    'Waren Sie das, ist nichts zu tun. Wenn nicht, legen Sie sofort ein neues Passwort fest, beenden Sie Ihre anderen Sitzungen, und verständigen Sie die Administration.',
  'Look at how you sign in': 'Ihre Anmeldung ansehen',
  'You get this because it is about your own account. Such mails cannot be switched off.':
    'Sie erhalten dies, weil es um Ihr eigenes Konto geht. Solche E-Mails lassen sich nicht abstellen.',
  'Security of the account: {0}': 'Sicherheit des Kontos: {0}',
  'Save the server first, with its password.': 'Speichern Sie zuerst den Server mit seinem Passwort.',
  'You have no e-mail address. Add it to your person first.':
    'Sie haben keine E-Mail-Adresse. Tragen Sie sie zuerst bei Ihrer Person ein.',
  'This is a test message from Pilothouse. It was sent through {0}.':
    'Dies ist eine Testnachricht von Pilothouse. Sie wurde über {0} gesendet.',
  'You get it because you asked for it in Settings, Mail.':
    'Sie erhalten sie, weil Sie sie unter Einstellungen, E-Mail angefordert haben.',
  'Test message from Pilothouse': 'Testnachricht von Pilothouse',
  'Give the name of the server alone, such as smtp.example.com.':
    'Geben Sie nur den Namen des Servers an, zum Beispiel smtp.example.com.',
  'From 1 to 65535.': 'Von 1 bis 65535.',
  'Say who the mails are from.': 'Geben Sie an, von wem die E-Mails kommen.',
  'Give one e-mail address, such as desk@example.com.':
    'Geben Sie eine E-Mail-Adresse an, zum Beispiel desk@example.com.',
  'Mails and the password would travel to {0} in the clear. Use TLS; without it only a server on this machine (127.0.0.1, ::1, localhost) can be used.':
    'E-Mails und Passwort gingen unverschlüsselt an {0}. Verwenden Sie TLS; ohne TLS geht nur ein Server auf diesem Rechner (127.0.0.1, ::1, localhost).',
  '{0} is inside our own network. If that is right, say so here.':
    '{0} liegt in unserem eigenen Netz. Wenn das richtig ist, bestätigen Sie es hier.',
  'Give the user whose password it is.': 'Geben Sie den Benutzernamen an, zu dem das Passwort gehört.',
  'Enter the password again: it was given for another server, user or encryption.':
    'Geben Sie das Passwort neu ein: Es galt für einen anderen Server, Benutzernamen oder eine andere Verschlüsselung.',
  'This link was used already, or its time is over. Ask for a new one.':
    'Dieser Link wurde schon verwendet, oder seine Zeit ist abgelaufen. Fordern Sie einen neuen an.',
  '{0} is inside our own network. If that is right, say so in Settings, Mail.':
    '{0} liegt in unserem eigenen Netz. Wenn das richtig ist, bestätigen Sie es unter Einstellungen, E-Mail.',
  '{0} is not this machine, and without TLS everybody on the way could read along. Use TLS.':
    '{0} ist nicht dieser Rechner, und ohne TLS könnten alle auf dem Weg mitlesen. Verwenden Sie TLS.',
  '{0} is busy and says: {1}': '{0} ist ausgelastet und meldet: {1}',
  '{0} does not let {1} in and says: {2} Check user and password.':
    '{0} lässt {1} nicht herein und meldet: {2} Prüfen Sie Benutzername und Passwort.',
  '{0} does not take mails from {1} and says: {2}': '{0} nimmt keine E-Mails von {1} an und meldet: {2}',
  '{0} refuses it for good and says: {1}': '{0} lehnt sie endgültig ab und meldet: {1}',
  '{0} does not take it now and says: {1}': '{0} nimmt sie jetzt nicht an und meldet: {1}',
  'The connection to {0} ended before it said whether it has the mail. It is sent again with the same Message-ID.':
    'Die Verbindung zu {0} endete, bevor klar war, ob die E-Mail angekommen ist. Sie wird mit derselben Message-ID noch einmal gesendet.',
  'Pilothouse was stopped before it was sent.': 'Pilothouse wurde angehalten, bevor sie gesendet war.',
  'There is no server called {0}. Check the name.': 'Es gibt keinen Server namens {0}. Prüfen Sie den Namen.',
  'The certificate of {0} is not trusted: {1} Give the certificate of the authority that signed it, or the name that stands in it.':
    'Dem Zertifikat von {0} wird nicht vertraut: {1} Geben Sie das Zertifikat der Stelle an, die es ausgestellt hat, oder den Namen, der darin steht.',
  '{0} does not speak TLS from the start. Use STARTTLS for port 587.':
    '{0} spricht nicht von Anfang an TLS. Verwenden Sie STARTTLS für Port 587.',
  '{0} offers no encryption on this port (STARTTLS). Use the port for it (587), or TLS from the start (465).':
    '{0} bietet auf diesem Port keine Verschlüsselung an (STARTTLS). Verwenden Sie den Port dafür (587) oder TLS von Anfang an (465).',
  '{0} refuses the connection. See whether the server runs, and check the port.':
    '{0} lehnt die Verbindung ab. Sehen Sie nach, ob der Server läuft, und prüfen Sie den Port.',
  '{0} does not answer. See whether it is reachable from here, and check the port.':
    '{0} antwortet nicht. Sehen Sie nach, ob er von hier erreichbar ist, und prüfen Sie den Port.',
  '{0} cannot be used: {1}': '{0} ist nicht verwendbar: {1}',
}
