// Builds out/main (Electron's main process, the vault process and its checking child), out/preload and out/renderer.
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { readFileSync } from 'node:fs'
import { defineConfig } from 'electron-vite'

const fromRoot = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url))

// electron-vite derives these from a table that ends before Electron 45, which embeds Node 24 and Chromium 156.
const nodeTarget = 'node24.18'
const chromeTarget = 'chrome156'

/**
 * pdf.js loads its decoders for JPEG 2000 and JBIG2 by these names when it may not use WebAssembly: they lie beside the
 * window's files as they are.
 */
const pdfDecoders = {
  name: 'pdf-decoders',
  generateBundle(this: { emitFile(file: { type: 'asset'; fileName: string; source: Buffer }): string }) {
    for (const name of ['openjpeg_nowasm_fallback.js', 'jbig2_nowasm_fallback.js']) {
      const source = readFileSync(fromRoot(`node_modules/pdfjs-dist/wasm/${name}`))
      this.emitFile({ type: 'asset', fileName: `pdf/${name}`, source })
    }
  },
}

// Runtime packages stay external: several have native parts or data files beside them.
export default defineConfig({
  main: {
    build: {
      outDir: fromRoot('out/main'),
      target: nodeTarget,
      sourcemap: false,
      rolldownOptions: {
        input: {
          index: fromRoot('electron/shell/main/index.ts'),
          vault: fromRoot('electron/vault/process/entry.ts'),
          check: fromRoot('electron/vault/process/check-entry.ts'),
          rekey: fromRoot('electron/vault/process/rekey-entry.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: fromRoot('out/preload'),
      target: nodeTarget,
      sourcemap: false,
      // A sandboxed preload can require nothing but electron: everything else goes into the one file.
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: fromRoot('electron/shell/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: fromRoot('renderer'),
    base: './',
    plugins: [react(), pdfDecoders],
    html: { cspNonce: '__CSP_NONCE__' },
    build: {
      outDir: fromRoot('out/renderer'),
      target: chromeTarget,
      sourcemap: false,
      // A data: address for a font or script isn't allowed by the content security policy.
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 4000,
      rolldownOptions: { input: fromRoot('renderer/index.html') },
    },
  },
})
