import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSequencer, type TestSpecification, type Vitest } from 'vitest/node'

/** How a source file is read; the tests that run other tests read in the same way. */
export const reading = {
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  oxc: { jsx: { runtime: 'automatic' as const, importSource: 'hono/jsx' } },
}

/** What takes minutes begins first: begun last, it would run alone while the other half of the machine has nothing to do. */
const longest = ['test/journeys/northmere.journey.ts', 'test/rules/faults.test.ts']

function LongestFirst(vitest: Vitest): TestSequencer {
  const usual = new BaseSequencer(vitest)
  const place = (file: TestSpecification) => {
    const at = longest.findIndex((each) => file.moduleId.endsWith(each))
    return at < 0 ? longest.length : at
  }
  return {
    shard: (files) => usual.shard(files),
    sort: async (files) => (await usual.sort(files)).toSorted((a, b) => place(a) - place(b)),
  }
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
    sequence: { sequencer: LongestFirst as unknown as typeof BaseSequencer },
    reporters: process.env['CI'] ? ['default'] : ['default'],
  },
})
