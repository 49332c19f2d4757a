/** /api/docs: the OpenAPI document as a page to read, without scripts. */
import type { Route } from '#kit/contract.ts'

const STYLE = `:root{color-scheme:light dark;font:14px/1.45 "Inter Variable",system-ui,sans-serif}body{max-width:60rem;margin:0 auto;padding:1.5rem;color:light-dark(#16202a,#e6ebf0);background:light-dark(#f6f7f8,#10161c)}
h1{font-size:1.4rem}h2{font-size:1.1rem;margin-top:2rem}a{color:light-dark(#0b62a8,#7db9ee)}
details{border:1px solid light-dark(#d9dee3,#2d3843);border-radius:6px;background:light-dark(#fff,#161d25);margin:.35rem 0;padding:.4rem .75rem}
summary{cursor:pointer;display:flex;gap:.75rem;flex-wrap:wrap}code{font:12px/1.5 ui-monospace,monospace}.method{font-weight:600;min-width:3.5rem}.path{overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%}td,th{text-align:start;padding:.25rem .5rem;vertical-align:top;border-top:1px solid light-dark(#d9dee3,#2d3843)}nav{columns:3 12rem}.quiet{color:light-dark(#465462,#b3bfca)}`

export function docsStyle(): string {
  return STYLE
}
/** One section per tag, one fold per operation. */
export function docsPage(routes: readonly Route[], version: string): string {
  const tags = [...Map.groupBy(routes, (route) => route.tag)]
  const contents = tags.map(([tag]) => `<a href="#${slug(tag)}">${escape(tag)}</a>`).join('<br>')
  const sections = tags
    .map(([tag, own]) => `<h2 id="${slug(tag)}">${escape(tag)}</h2>${own.map(operation).join('')}`)
    .join('')
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Pilothouse API</title><link rel="stylesheet" href="/api/docs.css"></head><body>
<main><h1>Pilothouse API ${escape(version)}</h1>
<p>Everything that the web application does goes through this API. Send <code>Authorization: Bearer …</code> with a token from Settings. The whole contract: <a href="/api/v1/openapi.json">openapi.json</a>.</p>
<p class="quiet">Lists: <code>?filter=status:open priority:P1 createdAt&gt;=-7d&amp;sort=-createdAt&amp;limit=50&amp;after=…&amp;q=words</code>. Changes want <code>If-Match: "3"</code>. Errors are RFC 9457 problems with a sentence that says what to do.</p>
<nav aria-label="Contents">${contents}</nav>${sections}</main></body></html>`
}
function operation(route: Route): string {
  const query = Object.entries(route.query ?? {}).map(
    ([name, said]) => `<tr><td><code>${escape(name)}</code></td><td>${escape(said.about)}</td></tr>`,
  )
  const facts = [
    route.access === 'public'
      ? 'Open to everybody'
      : route.access === 'administrator'
        ? 'For administrators'
        : 'Signed in',
    route.ifMatch === true ? 'takes If-Match' : '',
    `answers ${route.okStatus ?? 200}`,
  ].filter((fact) => fact !== '')
  return `<details><summary><code class="method">${route.method}</code><code class="path">/api/v1${escape(route.path)}</code><span>${escape(route.summary)}</span></summary><p class="quiet">${facts.join(' · ')}</p>${query.length === 0 ? '' : `<table>${query.join('')}</table>`}</details>`
}
function slug(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, '-')
}
function escape(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign)
}
