// Step 6: mail goes out, people sign in where they do already, and whoever watches machines watches this one.
import { Section } from '../../settings/mail/mail.tsx'
import '../../settings/settings.css'
import { welcomeWords } from '../../messages/welcome.ts'
import { OtherWays } from '../standing.tsx'

const words = welcomeWords.connect

export function Step() {
  return (
    <>
      <h3>{words.mail}</h3>
      <div className="welcome-form">
        <Section />
      </div>
      <h3>{words.others}</h3>
      <OtherWays
        ways={[
          { to: '/settings/providers', label: words.signIn },
          { to: '/settings/tokens', label: words.tokens },
          { to: '/settings/health', label: words.health },
        ]}
      />
      <p className="quiet">
        {words.metrics} <code>{`${location.origin}/metrics`}</code>
      </p>
    </>
  )
}
