import { readFileSync } from 'node:fs'
import path from 'node:path'

import type { ProvidedContext } from 'vitest'
import { type CliOptions, createVitest, type TestCase, type TestModule, type Vitest } from 'vitest/node'

import { reading } from '../../vitest.config.ts'
import type { RuleFault } from './fault.ts'

const root = path.resolve(import.meta.dirname, '../..')

/** How a test file went: the tests it has, and those that were red. */
export interface Went {
  readonly tests: number
  readonly red: readonly string[]
  /** What went wrong beside a test: a file that does not load proves nothing. */
  readonly broken: readonly string[]
}

/** Runs the project’s own test files, each time with one rule as it is with a mistake in it. */
export interface Rerun {
  readonly run: (by: string, fault: RuleFault | null) => Promise<Went>
  readonly close: () => Promise<void>
}

/** Opens a second test runner beside the one that asks. Nothing on the disk is changed, and nothing of it is remembered. */
export async function openRerun(provided: Partial<ProvidedContext>): Promise<Rerun> {
  let planted: { readonly place: string; readonly text: string } | null = null
  const options: CliOptions = {
    root,
    config: false,
    watch: false,
    // A text with a mistake in it must never be kept for another run.
    fsModuleCache: false,
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    pool: 'threads',
    maxWorkers: 1,
    // One red test is enough.
    bail: 1,
    reporters: [],
    hookTimeout: 120_000,
    testTimeout: 300_000,
    setupFiles: ['test/rules/as-found.ts'],
    provide: provided,
  }
  const vitest = await createVitest(options, {
    ...reading,
    plugins: [
      {
        name: 'planted-fault',
        enforce: 'pre',
        load: (id: string) => (id === planted?.place ? planted.text : null),
      },
    ],
  })
  return {
    run: async (by, fault) => {
      const place = fault === null ? null : path.join(root, fault.file)
      planted = fault === null || place === null ? null : { place, text: withFault(fault) }
      if (place !== null) vitest.invalidateFile(place)
      try {
        return await went(vitest, path.join(root, by))
      } finally {
        planted = null
        if (place !== null) vitest.invalidateFile(place)
      }
    },
    close: () => vitest.close(),
  }
}

/** The rule’s text with the mistake in it; a piece that is not there exactly once is a fault of the list. */
export function withFault(fault: Pick<RuleFault, 'file' | 'from' | 'to'>): string {
  const text = readFileSync(path.join(root, fault.file), 'utf8')
  const pieces = text.split(fault.from)
  if (pieces.length !== 2)
    throw new Error(`${fault.file} has this piece ${pieces.length - 1} times: ${fault.from}`)
  return pieces.join(fault.to)
}

async function went(vitest: Vitest, place: string): Promise<Went> {
  const file = vitest.getRootProject().createSpecification(place)
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications([file])
  // The runner still tells of the files that it ran before this one.
  const modules = testModules.filter((one) => one.moduleId === place)
  const tests = modules.flatMap((one) => [...one.children.allTests()])
  return {
    tests: tests.length,
    red: tests.filter((one) => one.result().state === 'failed').map(nameAndReason),
    broken: [...modules.flatMap(brokenIn), ...unhandledErrors.map(String)],
  }
}

function nameAndReason(one: TestCase): string {
  const [error] = one.result().errors ?? []
  return `${one.fullName}: ${error?.message ?? ''}`
}

function brokenIn(one: TestModule): readonly string[] {
  return one.errors().map((error) => error.message)
}
