// Step 5: backups, and the first proof that one can be restored: the same form as in the settings.
import { Section } from '../../settings/backup.tsx'
import '../../settings/settings.css'

export function Step() {
  return (
    <div className="welcome-form">
      <Section />
    </div>
  )
}
