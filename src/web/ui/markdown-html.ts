// What the Markdown renderer's HTML may do: links outside open by themselves and learn nothing of us, pictures of other servers are links.

/**
 * The renderer escapes every `<` and `"` of the text, so a tag that is found here is one that it wrote itself.
 * Pictures of other servers would tell them who reads what and when; the content policy would refuse them anyway.
 */
export function outwardLinks(html: string): string {
  return html
    .replaceAll(
      /<img src="(?!\/api\/v1\/files\/)([^"]*)" alt="([^"]*)"(?: title="[^"]*")? ?\/>/g,
      (_, src: string, alt: string) => (src === '' ? alt : `<a href="${src}">${alt === '' ? src : alt}</a>`),
    )
    .replaceAll(
      /<a href="(?=[a-z][a-z0-9+.-]*:|\/\/)/gi,
      '<a rel="noopener noreferrer nofollow" target="_blank" href="',
    )
}
