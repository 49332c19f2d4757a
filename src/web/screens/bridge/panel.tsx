// A panel of the bridge: title, a quiet word beside it, a link at the end.
import { Link } from '@tanstack/react-router'
import { useId } from 'react'
import { linkTo } from '../../data/link.ts'

interface PanelProps {
  title: string
  about?: string
  link?: { label: string; address: string } | null
  className?: string
  children: React.ReactNode
}

export function Panel({ title, about, link, className = '', children }: PanelProps) {
  const id = useId()
  return (
    <section className={`panel bridge-panel ${className}`} aria-labelledby={id}>
      <header>
        <div className="row">
          <h2 id={id}>{title}</h2>
          {about && <span className="quiet small">{about}</span>}
        </div>
        {link && (
          <Link {...linkTo(link.address)} className="small bridge-link">
            {link.label}
          </Link>
        )}
      </header>
      {children}
    </section>
  )
}
