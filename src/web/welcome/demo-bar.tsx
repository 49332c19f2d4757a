// On top of every page while an administrator looks at the demonstration: that it is one, and the way back.
import { Button } from '@mantine/core'
import { attempt } from '../data/writes.ts'
import { demoWords as words } from '../messages/demo.ts'
import { Sign } from '../ui/state.tsx'
import { leaveDemo } from './demo.ts'

export function DemoBar() {
  return (
    <div role="status" className="offline row quiet-bar">
      <Sign tone="info" />
      <span>{words.bar}</span>
      <Button onClick={() => void attempt(leaveDemo)}>{words.leave}</Button>
    </div>
  )
}
