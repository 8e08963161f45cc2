import type { RecordSource } from '#directory'

import type { Adapter } from './adapter.ts'
import type { GivenFile } from './given-file.ts'
import { openJson } from './json-file.ts'
import { inHsds } from './oruk1.rules.ts'

/** HSDS 3.0, 3.1 and 3.2 as JSON. */
export const hsdsAdapter: Adapter = {
  format: 'hsds',
  says: 'HSDS as JSON',
  recognises: ({ bytes, inside }) =>
    /^\uFEFF?\s*[[{]/.test(bytes.toString('utf8')) ||
    inside.some((name) => /\.(json|jsonl|ndjson)$/i.test(name)),
  open: (file) => openRecords(file, 'hsds'),
}

/** Open Referral UK, of which 3.0 is HSDS with a few names more, and 1.0 is turned into it record by record. */
export const orukAdapter: Adapter = {
  format: 'oruk',
  says: 'Open Referral UK as JSON',
  recognises: ({ bytes }) => {
    const text = bytes.toString('utf8')
    return /^\uFEFF?\s*[[{]/.test(text) && ukMarks.test(text)
  },
  open: (file) => openRecords(file, 'oruk'),
}

const ukMarks =
  /"(totalElements|eligibilitys|regular_schedules|link_taxonomy|deliverable_type|attending_access|pc_[A-Za-z]+)"\s*:|HSDS-UK/

async function openRecords(file: GivenFile, format: string): ReturnType<Adapter['open']> {
  const read = await openJson(file)
  if (!read.ok) return read
  const source: RecordSource = {
    format,
    open: async function* () {
      for await (const raw of read.open()) yield inHsds(raw)
    },
  }
  return { ok: true, source, endsEarly: read.endsEarly }
}
