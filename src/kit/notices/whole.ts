/** Notices and webhooks as the application takes them: their addresses, what follows the journal, what time does. */
import type { Route } from '#kit/contract.ts'
import type { SignInParts } from '#kit/routes/admit.ts'
import type { Reaction } from '#kit/reaction.ts'
import { forgetOldPushes } from '#kit/push/deliver.ts'
import { pushRoutes } from '#kit/push/routes.ts'
import type { Store } from '#kit/store.ts'
import type { WebhookParts } from '#kit/webhooks/note.ts'
import { webhookReaction } from '#kit/webhooks/reaction.ts'
import { webhookRoutes } from '#kit/webhooks/routes.ts'
import { choiceRoutes } from './choice-routes.ts'
import { tellDue } from './due.ts'
import { wakeSnoozed } from './inbox.ts'
import type { InboxParts } from './inbox-routes.ts'
import { inboxRoutes } from './inbox-routes.ts'
import { mentionRoutes } from './mention-routes.ts'
import { noticeReaction } from './reaction.ts'
import { unsubscribeRoutes } from './unsubscribe-routes.ts'

export function noticeRoutes(parts: SignInParts & InboxParts & WebhookParts): Route[] {
  return [
    ...inboxRoutes(parts),
    ...choiceRoutes(parts),
    ...unsubscribeRoutes(parts),
    ...mentionRoutes(parts),
    ...webhookRoutes(parts),
    ...pushRoutes(parts),
  ]
}
export function noticeReactions(parts: { readonly store: Store; readonly publicUrl: string }): Reaction[] {
  return [noticeReaction(parts), webhookReaction(parts)]
}
/** Each can run twice without harm. */
export function noticeSchedules(store: Store): { name: string; cron: string; work: () => Promise<void> }[] {
  return [
    { name: 'notices-due', cron: '*/10 * * * *', work: async () => void (await tellDue(store)) },
    { name: 'push-old', cron: '7 * * * *', work: () => forgetOldPushes(store.db) },
    { name: 'notices-snoozed', cron: '* * * * *', work: () => wakeSnoozed(store) },
  ]
}
