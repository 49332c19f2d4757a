// What people bring to a person's page: what they have in hand, and for administrators how they sign in.
import { withWords } from '../../messages/language.ts'
import { messages } from '../../messages/messages.ts'
import { queryClient, meQuery } from '../../data/queries.ts'
import { registerPanel } from '../panels.ts'

const isAdministrator = () => queryClient.getQueryData(meQuery.queryKey)?.roles.includes('administrator') === true

registerPanel({ record: 'person', where: 'tab', name: 'in-hand', get label() { return messages.person.inHand } }, () => withWords('signIn', import('./in-hand.tsx'))) // oxfmt-ignore
registerPanel(
  {
    record: 'person',
    where: 'tab',
    name: 'sign-in',
    get label() {
      return messages.person.signIn
    },
    when: isAdministrator,
  },
  () => withWords('signIn', import('./sign-in.tsx')),
)
registerPanel(
  {
    record: 'person',
    where: 'tab',
    name: 'privacy',
    get label() {
      return messages.person.privacy
    },
    when: isAdministrator,
  },
  () => withWords('retention', import('./privacy.tsx')),
)
