// Under a printed page: its whole address and when it was printed.
import { useEffect, useReducer } from 'react'
import { instantFull } from '../fields/format.ts'

export function PrintFoot() {
  const [, again] = useReducer((count: number) => count + 1, 0)
  useEffect(() => {
    window.addEventListener('beforeprint', again)
    return () => window.removeEventListener('beforeprint', again)
  }, [])
  return (
    <footer className="print-foot">
      <span>{location.href}</span> <time>{instantFull(new Date().toISOString())}</time>
    </footer>
  )
}
