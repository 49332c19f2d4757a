// The banner of an administrator who sees Pilothouse as somebody else, with the way back.
import { Button } from '@mantine/core'
import type { Me } from '../data/contract.ts'
import { call } from '../data/http.ts'
import { attempt } from '../data/writes.ts'
import { accessWords as words } from '../messages/access.ts'
import { Sign } from '../ui/state.tsx'

export function Viewing({ me }: { me: Me }) {
  async function stop() {
    if (await attempt(() => call('/view-as', { method: 'DELETE' }))) location.assign('/')
  }
  return (
    <p role="status" className="offline row">
      <Sign tone="warn" />
      {words.viewing(me.viewer?.name ?? '', me.person?.title ?? '')}
      <Button size="compact-sm" onClick={() => void stop()}>
        {words.stop}
      </Button>
    </p>
  )
}
