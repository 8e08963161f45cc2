import { recordsOf } from '#directory'

import type { Adapter } from './adapter.ts'
import { textOf } from './given-file.ts'

/** HSDS 3.0, 3.1 and 3.2 as JSON. */
export const hsdsAdapter: Adapter = {
  format: 'hsds',
  says: 'HSDS as JSON',
  recognises: ({ bytes }) => /^\uFEFF?\s*[[{]/.test(bytes.toString('utf8')),
  open: async (file) => {
    const read = recordsOf(await textOf(file))
    if (!read.ok) return read
    return {
      ok: true,
      source: {
        format: 'hsds',
        open: async function* () {
          yield* read.records
        },
      },
    }
  },
}
