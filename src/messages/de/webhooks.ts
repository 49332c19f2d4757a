/** German: webhooks. */
export const webhooks: Readonly<Record<string, string>> = {
  '{0} did not answer in time.': '{0} hat nicht rechtzeitig geantwortet.',
  '{0} cannot be reached{1}.': '{0} ist nicht erreichbar{1}.',
  'The webhook is switched off.': 'Der Webhook ist ausgeschaltet.',
  'Its secret was kept with another secret of this installation. Make the webhook anew.':
    'Sein Geheimnis wurde mit einem anderen Geheimnis dieser Installation abgelegt. Legen Sie den Webhook neu an.',
  'It answers 410: it is gone for good, and is told nothing more.':
    'Er antwortet 410: Es gibt ihn nicht mehr, und ihm wird nichts mehr gesagt.',
  'It answers {0} and sends on to another address. Give that one, if you trust it.':
    'Er antwortet {0} und verweist an eine andere Adresse. Geben Sie diese an, wenn Sie ihr vertrauen.',
  'It answers {0}.': 'Er antwortet {0}.',
  'Its webhook was not reached for {0} days.': 'Sein Webhook war {0} Tage lang nicht erreichbar.',
  'Give the webhook a name.': 'Geben Sie dem Webhook einen Namen.',
  'Choose at least one event.': 'Wählen Sie mindestens ein Ereignis.',
  'There are {0} webhooks already. Remove one that nobody needs.':
    'Es gibt schon {0} Webhooks. Entfernen Sie einen, den niemand braucht.',
  'Nothing is told of "{0}". Choose a kind of record with pages of its own.':
    'Über „{0}“ wird nichts gemeldet. Wählen Sie eine Art von Datensatz mit eigenen Seiten.',
  'This never happens to the kinds of record that are chosen.':
    'Das geschieht mit den gewählten Arten von Datensätzen nie.',
  'The webhook': 'Der Webhook',
  'The message': 'Die Nachricht',
}
