// A line under a record's head that whoever works on it must know first.
import type { Tone } from '../../data/contract.ts'
import { Sign } from '../../ui/state.tsx'
import './desk.css'

export function Notice({ tone, children }: { tone: Tone; children: React.ReactNode }) {
  return (
    <div className="notice" data-tone={tone}>
      <Sign tone={tone} />
      <div className="notice-text">{children}</div>
    </div>
  )
}
