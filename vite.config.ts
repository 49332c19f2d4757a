// Builds the web application from src/web into dist/web, which the server hands out as it is.
import react from '@vitejs/plugin-react'
import path from 'node:path'
import { defineConfig } from 'vite'
import { unusedColours } from './src/web/colours.ts'

const unused = new RegExp(`^--mantine-color-(${unusedColours.join('|')})-`)
const withoutUnused = {
  postcssPlugin: 'without-unused-colours',
  Declaration: (declaration: { prop: string; remove: () => void }) => {
    if (unused.test(declaration.prop)) declaration.remove()
  },
}

export default defineConfig({
  root: 'src/web',
  base: '/',
  plugins: [react()],
  // In browsers it would look names of characters up by writing HTML, which the content policy forbids.
  resolve: { alias: { 'decode-named-character-reference': path.resolve('src/web/ui/character-names.ts') } },
  css: { postcss: { plugins: [withoutUnused] } },
  build: { outDir: '../../dist/web', emptyOutDir: true, target: 'es2023', sourcemap: false },
  server: { host: '127.0.0.1', proxy: { '/api': 'http://127.0.0.1:7300', '/files': 'http://127.0.0.1:7300' } },
})
