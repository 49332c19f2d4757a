/** What follows when the database goes silent and comes back, or when another node dies. */
import type { Jobs } from '#platform/jobs.ts'
import type { Log } from '#platform/log.ts'
import type { OpenAnswers } from '#platform/open-answers.ts'
import { Pulse } from '#platform/pulse.ts'
import type { Installation } from './installation.ts'

export interface Watch {
  readonly pulse: Pulse
  /** From now on this process takes over what dead nodes have begun. */
  takeOverWith(jobs: Jobs): void
}

export function watchOver(of: Installation, log: Log, open: OpenAnswers): Watch {
  let jobs: Jobs | null = null
  /** A node may have died between a commit and telling of it: whatever is kept or shown here is read again. */
  async function whenNodesChange(living: readonly string[]): Promise<void> {
    await of.notifier.readAgain()
    const taken = (await jobs?.takeOver(living)) ?? 0
    if (taken > 0) log.warn({ jobs: taken }, 'what a dead process had begun begins again')
  }
  const pulse = new Pulse({
    door: of.door,
    isDirect: of.config.isPrepared,
    onLost: (because) => {
      log.error({ because }, 'the database does not answer')
      of.cut?.()
      open.endStreams() // screens ask again, and say what is the matter
    },
    onFound: () => log.warn({}, 'the database answers again'),
    onNodes: (living) =>
      void whenNodesChange(living).catch((error: unknown) => log.error({ error, where: 'nodes' }, 'fault')),
  })
  return { pulse, takeOverWith: (with_) => void (jobs = with_) }
}
