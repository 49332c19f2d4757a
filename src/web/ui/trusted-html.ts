// The one place where text becomes HTML of a page, or the address of a program. The content policy asks for it (require-trusted-types-for), and knows no other name.

interface Policy {
  createHTML(html: string): string
  createScriptURL(address: string): string
}
interface PolicyFactory {
  createPolicy(name: string, rules: Policy): Policy
}
/** The name that the server's policy allows: once, and no default one that would let libraries write HTML unseen. */
const NAME = 'pilothouse'
const factory = (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes // older browsers have none, and ask for none
const policy = factory?.createPolicy(NAME, { createHTML: checked, createScriptURL: onlyWorker }) ?? null

/** HTML that the Markdown renderer wrote, as React may hand it to the page; what the renderer never writes is shown as text. */
export function rendered(html: string): string {
  return policy?.createHTML(html) ?? checked(html)
}
/** The address of our service worker, as the browser takes it: the only program that a page of ours names by itself. */
export function workerAddress(): unknown {
  return policy?.createScriptURL(WORKER) ?? WORKER
}
function onlyWorker(address: string): string {
  if (address !== WORKER) throw new TypeError('Only the service worker is started by its address.')
  return address
}
const WORKER = '/sw.js'

/** The renderer lets no raw HTML through; should it ever, a tag or an attribute that it does not write is not let onto the page. */
function checked(html: string): string {
  const isForeign = html.replaceAll(TAG, '').includes('<') || ADDRESS.test(html)
  return isForeign ? html.replaceAll('<', '&lt;') : html
}
const TAG =
  /<\/?(?:a|p|br|hr|h[1-6]|em|strong|code|pre|blockquote|ul|ol|li|img|del|table|thead|tbody|tr|th|td)(?: (?:href|src|alt|title|rel|target|align|start|class)="[^"<>]*")* ?\/?>/g
const ADDRESS = /(?:href|src)="\s*(?:javascript|vbscript|data):/i
