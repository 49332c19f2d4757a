import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { micromark } from 'micromark'
import { gfmAutolinkLiteral, gfmAutolinkLiteralHtml } from 'micromark-extension-gfm-autolink-literal'
import { gfmStrikethrough, gfmStrikethroughHtml } from 'micromark-extension-gfm-strikethrough'
import { gfmTable, gfmTableHtml } from 'micromark-extension-gfm-table'
import { outwardLinks } from './markdown-html.ts'
import { rendered } from './trusted-html.ts'

const render = (text: string): string =>
  outwardLinks(
    micromark(text, {
      extensions: [gfmAutolinkLiteral(), gfmTable(), gfmStrikethrough()],
      htmlExtensions: [gfmAutolinkLiteralHtml(), gfmTableHtml(), gfmStrikethroughHtml()],
    }),
  )

describe('HTML of a page', () => {
  it('is whatever the renderer writes, also of texts that look like attacks', () => {
    const texts = [
      '# One\n\n## Two\n\n1. a\n2. b\n\n3) c\n\n- *x* **y** ~~z~~ `code`\n\n```js\nlet a = "<b>"\n```\n\n> quote\n\n---\n\na\\\nb',
      '| a | b | c |\n|:--|:-:|--:|\n| 1 | 2 | 3 |',
      '![a onload=b](/api/v1/files/x "title onerror=1 <b>") [x](https://a.test "style=x") www.example.org me@a.test',
      '![a](https://evil.test/x.png) &lt;script&gt; &amp; &copy; &quot; <b onclick=1> <!-- x --> a < b > c',
      '[x](javascript:alert(1)) [y](data:text/html,x) <javascript:1> [&quot; onclick=x](<a b> "&quot;")',
    ]
    for (const text of texts) assert.equal(rendered(render(text)), render(text))
  })
  it('is text where the renderer would have written anything else', () => {
    for (const html of [
      '<p>a</p><script>1</script>',
      '<img src="x" onerror="1">',
      '<p style="color:red">a</p>',
      '<a href="javascript:1">x</a>',
      '<svg><a>',
      '<p title="a>b">',
      '<iframe src="/x"></iframe>',
    ])
      assert.ok(!rendered(html).includes('<'), html)
  })
})
