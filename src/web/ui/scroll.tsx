// Something wider or longer than its place: scrolled by pointer, and by arrows once it has the focus.

export function Scroll({
  label,
  className = '',
  children,
}: {
  label: string
  className?: string
  children: React.ReactNode
}) {
  return (
    <div className={`scroll-x ${className}`} role="group" tabIndex={0} aria-label={label}>
      {children}
    </div>
  )
}
