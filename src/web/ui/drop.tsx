// A place to drop, paste or choose files. Our own forty lines: the dropzone library would double the record page's extra weight.
import { useRef, useState } from 'react'

interface DropProps {
  onFiles: (files: File[]) => void
  label: string
  children: React.ReactNode
  className?: string
}

/** Wraps children; files dropped or pasted anywhere inside are handed over. */
export function DropArea({ onFiles, label, children, className = '' }: DropProps) {
  const [over, setOver] = useState(false)
  return (
    <div
      role="group"
      aria-label={label}
      className={`${className} drop-area`}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        onFiles([...event.dataTransfer.files])
      }}
      onPaste={(event) => {
        const files = [...event.clipboardData.files]
        if (files.length > 0) {
          event.preventDefault()
          onFiles(files)
        }
      }}
    >
      {children}
    </div>
  )
}

interface FileButtonProps {
  onFiles: (files: File[]) => void
  accept?: string
  multiple?: boolean
  children: (open: () => void) => React.ReactNode
}

/** The keyboard's way to the same: a button that opens the file chooser. */
export function FileButton({ onFiles, accept, multiple = false, children }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        accept={accept}
        multiple={multiple}
        onChange={(event) => {
          onFiles([...(event.currentTarget.files ?? [])])
          event.currentTarget.value = ''
        }}
      />
      {children(() => input.current?.click())}
    </>
  )
}
