import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';

/**
 * A page may be loaded at any of its addresses, so it names its files from the root. electron-vite makes the base of a
 * production build relative whatever the configuration says; this comes after it.
 */
const rootedAddresses: Plugin = { name: 'rooted-addresses', enforce: 'post', config: () => ({ base: '/' }) };

const at = (path: string): string => resolve(import.meta.dirname, path);

export default defineConfig({
  main: {
    build: {
      outDir: at('out/main'),
      minify: true,
      rolldownOptions: {
        input: {
          index: at('src-main/electron/index.ts'),
          cli: at('src-main/cli/index.ts'),
          'verify-worker': at('src-main/journal/verify-worker.ts'),
        },
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: at('out/preload'),
      minify: true,
      // A sandboxed preload is one CommonJS file that may load nothing but Electron.
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: at('src-main/electron/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('src-renderer'),
    plugins: [react(), rootedAddresses],
    build: {
      outDir: at('out/renderer'),
      emptyOutDir: true,
      minify: true,
      // The first load is measured where it counts, gzipped: `npm run bench`.
      chunkSizeWarningLimit: 2_000,
      rolldownOptions: { input: at('src-renderer/index.html') },
    },
  },
});
