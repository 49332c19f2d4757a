// Before somebody signs out: comments that still wait are theirs to send or to throw away; everything else goes with them.
import { complain } from '../ui/toast.tsx'
import { offlineWords } from '../messages/offline.ts'
import { forgetDrafts } from '../record/draft-here.ts'
import { canKeep, inDrawer } from './device.ts'
import { keepNoMore } from './late-shelf.ts'
import { sendAll } from './outbox.ts'
import { forgetAll } from './shelf.ts'

/** Tries to send what waits. False when something still does: it would be lost. */
export async function mayLeave(): Promise<boolean> {
  if (!canKeep()) return true
  const count = (): Promise<number> => inDrawer('comments', 'readonly', (comments) => comments.count())
  if ((await count()) > 0) await sendAll()
  const left = await count()
  if (left > 0) complain(offlineWords.bars.unsent(left))
  return left === 0
}

/** Nothing of this person stays on the device. To be called once their session has ended: an answer that came later would be kept again. */
export async function leaveNothing(): Promise<void> {
  forgetDrafts()
  await keepNoMore()
  await forgetAll()
}
