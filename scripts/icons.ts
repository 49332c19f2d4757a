// The icons of the installed application, drawn from src/web/icon.svg: `node scripts/run.mjs scripts/icons.ts`. Run it when the drawing changes.
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { chromium } from 'playwright-core'
import { findChromium } from '../test/setup/chromium.ts'

const web = path.join(import.meta.dirname, '../src/web')
/** Telephones cut the full one to their own shape: it has no corners, and its wheel stays within the middle. */
const icons = [
  { name: 'icon-180', size: 180, isFull: true },
  { name: 'icon-192', size: 192, isFull: false },
  { name: 'icon-512', size: 512, isFull: false },
  { name: 'icon-full-512', size: 512, isFull: true },
]

const drawing = await readFile(path.join(web, 'icon.svg'), 'utf8')
const browser = await chromium.launch({ executablePath: await findChromium(console.log), args: ['--no-sandbox'] })
for (const { name, size, isFull } of icons) {
  const page = await browser.newPage({ viewport: { width: size, height: size } })
  const svg = drawing.replace('width="48" height="48">', `width="${size}" height="${size}">`)
  await page.setContent(`<body style="margin:0">${isFull ? svg.replace('rx="10"', '') : svg}</body>`)
  await writeFile(path.join(web, 'public', `${name}.png`), await page.screenshot({ omitBackground: true }))
  await page.close()
}
await browser.close()
