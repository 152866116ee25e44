import { writeFileSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

/** Keeps dist/.keep, so that Go's embed finds the folder in a fresh checkout. */
const keepFolder = {
  name: 'keep-folder',
  closeBundle: () => writeFileSync(new URL('./dist/.keep', import.meta.url), ''),
};

/** The Go web server that answers /call and /events while designing in a browser. */
const backEnd = process.env.PATCHBAY_WEB ?? 'http://127.0.0.1:34115';

export default defineConfig({
  plugins: [react(), keepFolder],
  base: './',
  build: {
    target: ['safari17', 'chrome120'],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 600,
  },
  server: { proxy: { '/call': backEnd, '/events': backEnd, '/shot': backEnd } },
  test: {
    css: { modules: { classNameStrategy: 'non-scoped' } },
    testTimeout: 20_000,
    projects: [
      {
        extends: true,
        test: { name: 'rules', include: ['src/**/*.test.ts'], isolate: false },
      },
      {
        extends: true,
        test: {
          name: 'components',
          include: ['src/**/*.test.tsx'],
          environment: 'jsdom',
          setupFiles: ['test/setup.ts'],
        },
      },
    ],
  },
});
