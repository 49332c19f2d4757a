// How far an upload is.
import { messages } from '../messages/messages.ts'
import type { Progress } from './upload.ts'

export function UploadLine({ progress }: { progress: Progress | null }) {
  return (
    progress && (
      <p className="row small" role="status">
        <progress aria-label={messages.composer.uploading} value={progress.part} />
        {messages.composer.uploadingFile(progress.name)}
      </p>
    )
  )
}
