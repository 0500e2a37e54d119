// `node --import …/register.ts out/main/index.js` runs the built main process where Electron's binary is not to be had:
// `electron` is then the stand-in beside this file, which drives Chromium. What runs so is called "stand-in".
import { registerHooks } from 'node:module';

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron'
      ? { url: new URL('./electron.ts', import.meta.url).href, shortCircuit: true }
      : next(specifier, context),
});
