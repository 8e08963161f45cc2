import { readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { brokenPaging, type PageAnswer } from './paging-rules.ts'
import { compiled, faultsOf, standardJson, standardsFolder } from './standards.ts'

interface Expected {
  readonly schemaFor: Readonly<Record<string, string>>
  readonly results: Readonly<
    Record<string, Readonly<Record<string, { readonly valid: boolean; readonly errors?: readonly string[] }>>>
  >
  readonly pagination: { readonly results: Readonly<Record<string, { readonly broken: readonly string[] }>> }
}

const folder = standardsFolder()
const here = ['oruk', '3.0', 'validator'] as const

describe.skipIf(folder === null)(
  'our validator of Open Referral UK (skipped without ../shared/standards)',
  () => {
    const expected = folder === null ? null : (standardJson(...here, 'expected.json') as Expected)
    const mocks = Object.entries(expected?.results ?? {}).flatMap(([set, results]) =>
      Object.entries(results).map(([mock, result]) => ({ set, mock, result })),
    )

    test.each(mocks)('finds in $set/$mock exactly what is wrong', ({ set, mock, result }) => {
      const schema = standardJson(...here, 'schema', `${expected?.schemaFor[mock]}.json`)
      const faults = faultsOf(compiled(schema), standardJson(...here, 'mocks', set, `${mock}.json`))
      expect(faults.map(named).toSorted()).toEqual((result.errors ?? []).toSorted())
      expect(faults.length === 0).toBe(result.valid)
    })

    test('every page file is said to break exactly the rules that it breaks', () => {
      const files = readdirSync(path.join(folder ?? '', ...here, 'pagination'))
      expect(files.toSorted()).toEqual(Object.keys(expected?.pagination.results ?? {}).toSorted())
      for (const file of files) {
        const page = standardJson(...here, 'pagination', file) as PageAnswer
        expect([file, brokenPaging(page)]).toEqual([file, expected?.pagination.results[file]?.broken])
      }
    })
  },
)

/** As the list of expected faults writes them: the keyword alone where its parameter says no more. */
function named(fault: string): string {
  return fault.replace(/ (?!required:|format:)(\w+):.*$/, ' $1')
}
