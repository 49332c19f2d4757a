// What access adds to the pages of records: a tab on persons, and boxes in place of JSON for roles.
import { meQuery, queryClient } from '../data/queries.ts'
import { linesOf } from '../fields/option-lines.ts'
import { registerOwnField } from '../fields/own-fields.ts'
import { withWords } from '../messages/language.ts'
import { messages } from '../messages/messages.ts'
import { registerPanel } from '../screens/panels.ts'

/** Everybody sees their own; those who grant or audit see that of others. */
function isShown(person: number): boolean {
  const me = queryClient.getQueryData(meQuery.queryKey)
  const readers = ['administrator', 'manager', 'lead', 'auditor']
  return me?.person?.id === person || me?.roles.some((role) => readers.includes(role)) === true
}

/** As a sentence would list them. */
function choiceWords(choices: unknown): string {
  return linesOf(choices).replaceAll('\n', ', ')
}

registerPanel(
  {
    record: 'person',
    where: 'tab',
    name: 'access',
    get label() {
      return messages.settings.access
    },
    when: (row) => isShown(row.id),
  },
  () => withWords('access', import('./person-panel.tsx')),
)
for (const name of ['record', 'to'])
  registerOwnField(`customField.${name}`, {}, () => import('../fields/kind-field.tsx'))
registerOwnField('customField.options', { words: choiceWords }, () => import('../fields/options-field.tsx'))
registerOwnField('ownRole.rights', {}, () => withWords('access', import('./rights-field.tsx')))
