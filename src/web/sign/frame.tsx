// The frame of the pages before the sign-in.
import { messages } from '../messages/messages.ts'
import { Offline } from '../shell/offline.tsx'
import { Icon } from '../ui/icon.tsx'
import './sign.css'

export function SignFrame({ title, text, children }: { title: string; text?: string; children?: React.ReactNode }) {
  return (
    <main className="entrance">
      <div className="entrance-product">
        <Icon name="wheel" size={28} />
        <span>{messages.product}</span>
      </div>
      <div className="panel entrance-panel">
        <h1>{title}</h1>
        <Offline />
        {text && <p className="quiet">{text}</p>}
        {children}
      </div>
    </main>
  )
}
