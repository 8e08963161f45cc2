import { defineConfig } from 'vitest/config'

/** How a source file is read; the tests that run other tests read in the same way. */
export const reading = {
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  oxc: { jsx: { runtime: 'automatic' as const, importSource: 'hono/jsx' } },
}

export default defineConfig({
  ...reading,
  test: {
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'test/**/*.test.ts', 'test/**/*.journey.ts'],
    exclude: ['node_modules', 'dist', 'test/conformance'],
    globalSetup: ['test/global-setup.ts'],
    // With the full figures one test may take an hour.
    testTimeout: process.env['ANYDOOR_PROVE'] === undefined ? 60_000 : 3_600_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    reporters: process.env['CI'] ? ['default'] : ['default'],
  },
})
