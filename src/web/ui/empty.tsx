// An empty place that teaches: what belongs here and the next step.

export function Empty({ title, text, children }: { title: string; text?: string; children?: React.ReactNode }) {
  return (
    <div
      className="stack"
      style={{
        padding: 'var(--space-8)',
        maxInlineSize: 520,
        marginInline: 'auto',
        textAlign: 'center',
        alignItems: 'center',
      }}
    >
      <h2 style={{ fontSize: 'var(--text-md)' }}>{title}</h2>
      {text && <p className="quiet">{text}</p>}
      {children && (
        <div className="row" style={{ justifyContent: 'center' }}>
          {children}
        </div>
      )}
    </div>
  )
}
