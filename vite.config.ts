// Builds the web application from src/web into dist/web, which the server hands out as it is.
import react from '@vitejs/plugin-react'
import { createRequire } from 'node:module'
import path from 'node:path'
import { defineConfig } from 'vite'

export default defineConfig({
  root: 'src/web',
  base: '/',
  plugins: [react()],
  // In browsers it would look names of characters up by writing HTML, which the content policy forbids: here it has its list.
  resolve: { alias: { 'decode-named-character-reference': listOfCharacters() } },
  build: { outDir: '../../dist/web', emptyOutDir: true, target: 'es2023', sourcemap: false },
  server: { host: '127.0.0.1', proxy: { '/api': 'http://127.0.0.1:7300', '/files': 'http://127.0.0.1:7300' } },
})
function listOfCharacters(): string {
  const micromark = createRequire(import.meta.url).resolve('micromark')
  return path.join(path.dirname(createRequire(micromark).resolve('decode-named-character-reference')), 'index.js')
}
