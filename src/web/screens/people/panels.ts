// What people bring to a person's page: what they have in hand, and for administrators how they sign in.
import { messages } from '../../messages/messages.ts'
import { queryClient, meQuery } from '../../data/queries.ts'
import { registerPanel } from '../panels.ts'

const isAdministrator = () => queryClient.getQueryData(meQuery.queryKey)?.roles.includes('administrator') === true

registerPanel({ record: 'person', where: 'tab', name: 'in-hand', label: messages.person.inHand }, () => import('./in-hand.tsx')) // oxfmt-ignore
registerPanel(
  { record: 'person', where: 'tab', name: 'sign-in', label: messages.person.signIn, when: isAdministrator },
  () => import('./sign-in.tsx'),
)
registerPanel(
  { record: 'person', where: 'tab', name: 'privacy', label: messages.person.privacy, when: isAdministrator },
  () => import('./privacy.tsx'),
)
