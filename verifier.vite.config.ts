import { resolve } from 'node:path';
import { defineConfig } from 'vite';

const at = (path: string): string => resolve(import.meta.dirname, path);

/** `out/verify/countersign-verify.mjs`: the verifier in one file that any Node from 20 on runs, without packages. */
export default defineConfig({
  publicDir: false,
  // Nothing stays outside but Node's own modules.
  ssr: { noExternal: true, target: 'node' },
  build: {
    ssr: at('src-main/cli/verify-main.ts'),
    target: 'node20',
    outDir: at('out/verify'),
    emptyOutDir: true,
    minify: true,
    rolldownOptions: {
      output: { format: 'es', entryFileNames: 'countersign-verify.mjs', codeSplitting: false },
    },
  },
});
