// Builds the web application from src/web into dist/web, which the server hands out as it is.
import react from '@vitejs/plugin-react'
import { createHash } from 'node:crypto'
import path from 'node:path'
import { defineConfig, type Plugin } from 'vite'
import { unusedColours } from './src/web/colours.ts'

const unused = new RegExp(`^--mantine-color-(${unusedColours.join('|')})-`)
const withoutUnused = {
  postcssPlugin: 'without-unused-colours',
  Declaration: (declaration: { prop: string; remove: () => void }) => {
    if (unused.test(declaration.prop)) declaration.remove()
  },
}

/** Tells the built service worker which files it keeps: programs and styles, and the letters of Latin scripts. */
const filesOfWorker: Plugin = {
  name: 'files-of-worker',
  // Last: what holds styles alone is taken out of the bundle before.
  enforce: 'post',
  generateBundle: {
    order: 'post',
    handler(_, bundle) {
      const worker = bundle['sw.js']
      if (worker?.type !== 'chunk') throw new Error('The service worker was not built.')
      const files = Object.keys(bundle)
        .filter((name) => name !== 'sw.js' && (/\.(js|css)$/.test(name) || /inter-latin.*\.woff2$/.test(name)))
        .map((name) => `/${name}`)
        .sort()
      const entry = Object.values(bundle).find((one) => one.type === 'chunk' && one.isEntry && one.fileName !== 'sw.js')
      const version = createHash('sha256').update(files.join('\n')).digest('hex').slice(0, 12)
      const build = JSON.stringify({ version, entry: `/${entry?.fileName}`, files })
      const written = worker.code.replace(/(["'`])__BUILD__\1/, () => JSON.stringify(build))
      if (written === worker.code) throw new Error('The service worker has no place for its files.')
      worker.code = written
    },
  },
}

export default defineConfig({
  root: 'src/web',
  base: '/',
  plugins: [react(), filesOfWorker],
  // In browsers it would look names of characters up by writing HTML, which the content policy forbids.
  resolve: { alias: { 'decode-named-character-reference': path.resolve('src/web/ui/character-names.ts') } },
  css: { postcss: { plugins: [withoutUnused] } },
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    target: 'es2023',
    sourcemap: false,
    rolldownOptions: {
      input: { index: path.resolve('src/web/index.html'), sw: path.resolve('src/web/offline/worker/worker.ts') },
      output: { entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js') },
    },
  },
  server: { host: '127.0.0.1', proxy: { '/api': 'http://127.0.0.1:7300', '/files': 'http://127.0.0.1:7300' } },
})
