// Tabs after the WAI-ARIA pattern: arrows move, the panel follows.
import { useId } from 'react'
import './tabs.css'

interface TabsProps {
  label: string
  tabs: { name: string; label: string }[]
  active: string
  onChange: (name: string) => void
  children: React.ReactNode
}

export function Tabs({ label, tabs, active, onChange, children }: TabsProps) {
  const id = useId()
  function onKey(event: React.KeyboardEvent) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (step === undefined) return
    const at = (tabs.findIndex((tab) => tab.name === active) + step + tabs.length) % tabs.length
    const next = tabs[at]
    if (!next) return
    event.preventDefault()
    onChange(next.name)
    document.getElementById(`${id}-${next.name}`)?.focus()
  }
  return (
    <>
      <div role="tablist" aria-label={label} className="tabs" onKeyDown={onKey}>
        {tabs.map((tab) => (
          <button
            key={tab.name}
            type="button"
            role="tab"
            id={`${id}-${tab.name}`}
            aria-selected={tab.name === active}
            aria-controls={tab.name === active ? `${id}-panel` : undefined}
            tabIndex={tab.name === active ? 0 : -1}
            className="tab plain-button"
            onClick={() => onChange(tab.name)}
          >
            {tab.label}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${active}`} className="tab-panel">
        {children}
      </div>
    </>
  )
}
