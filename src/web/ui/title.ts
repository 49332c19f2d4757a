// The document's title follows the page.
import { useEffect } from 'react'
import { messages } from '../messages/messages.ts'

export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · ${messages.product}`
    return () => {
      document.title = messages.product
    }
  }, [title])
}
