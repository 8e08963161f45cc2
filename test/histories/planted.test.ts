import fc from 'fast-check'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'

import { countPlanted } from '../planted-count.ts'
import { makeStage, type Stage } from './acts.ts'
import { play, type Tally } from './play.ts'
import { anyStep } from './steps.ts'

/** A break in what the database keeps, as text taken out of a function or as a policy put in the place of another. */
type Break =
  | { readonly function: string; readonly from: RegExp; readonly to: string }
  | { readonly sql: string; readonly undo: string }

const incoming = `party_id = access.party() and access.kind() = 'member' and (case_id is null or access.may_see(party_id, case_id))`
const policy = (using: string) =>
  `drop policy fence on envelopes.incoming; create policy fence on envelopes.incoming for all to anydoor_web using (${using}) with check (${using})`

/** Each break, and what the history that finds it says first. */
const breaks: readonly (readonly [string, Break, RegExp])[] = [
  [
    'the job that ends what time has ended leaves the wraps',
    {
      function: 'envelopes.end_expired',
      from: /delete from keyring\.envelope_wrap w using gone where[^)]*returning 1/,
      to: 'select 1',
    },
    /the wrap after the sweep|the wrap in the keyring/,
  ],
  [
    'an opening asks for no end',
    {
      function: 'envelopes.wrap_for_opening',
      from: /or \(i\.ends_at is not null and i\.ends_at <= clock_timestamp\(\)\)/,
      to: '',
    },
    /what the reader gets: "open"/,
  ],
  [
    'taking back leaves the wraps',
    { function: 'envelopes.withdraw', from: /delete from keyring\.envelope_wrap[^;]*;/, to: '' },
    /the wrap (in the keyring|after the sweep): true/,
  ],
  [
    'a copy that comes later is not held from whoever stepped aside',
    { function: 'envelopes.deliver', from: /coalesce\(before\.held_from, '\{\}'\)/, to: `'{}'` },
    /what the reader gets|the row-level fence/,
  ],
  [
    'whoever steps aside keeps the copies',
    { function: 'referrals.step_aside', from: /update envelopes\.incoming[^;]*;/, to: '' },
    /what the reader gets|the row-level fence/,
  ],
  [
    'erasing a case leaves the wraps at its recipients',
    {
      function: 'people.erase_rows',
      from: /delete from keyring\.envelope_wrap w using envelopes\.outgoing[^;]*;/,
      to: '',
    },
    /what the reader gets|the wrap in the keyring/,
  ],
  [
    'a closed case is open to the whole agency',
    { function: 'access.may_see', from: /w\.holder in \(row_party, access\.holder\(\)\)/, to: 'true' },
    /the own copy|whether it is taken back|what the reader gets|the row-level fence|no key|does not open/,
  ],
  [
    'the fence around what arrived forgets who stepped aside',
    { sql: policy(incoming), undo: policy(`${incoming} and access.account() <> all (held_from)`) },
    /the row-level fence|what the reader gets/,
  ],
]
const tried = process.env['ANYDOOR_PROVE'] === undefined ? breaks.slice(0, 3) : breaks

let stage: Stage

beforeAll(async () => {
  stage = await makeStage()
})
afterAll(() => stage?.close())

test.each(tried)(
  'a history finds it: %s',
  async (_what, fault, says) => {
    const undo = await plant(fault)
    try {
      const tally: Tally = { steps: 0, reads: 0, opened: 0 }
      const found = await fc.check(
        fc.asyncProperty(fc.array(anyStep, { minLength: 1, maxLength: 120, size: 'max' }), (steps) =>
          play(stage, steps, tally),
        ),
        { numRuns: 60, seed: 7, endOnFailure: true },
      )
      const said = String(found.errorInstance)
      countPlanted(inject('plantedBook'), 'history', 1, Number(found.failed && says.test(said)))
      expect(found.failed).toBe(true)
      expect(said).toMatch(says)
    } finally {
      await stage.superuser.query(undo)
    }
  },
  120_000,
)

/** Plants a break and gives what takes it back; a piece that is no longer there is a fault of the list above. */
async function plant(fault: Break): Promise<string> {
  if ('sql' in fault) {
    await stage.superuser.query(fault.sql)
    return fault.undo
  }
  const { rows } = await stage.superuser.query<{ text: string }>(
    `select pg_get_functiondef(p.oid) as text from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where n.nspname || '.' || p.proname = $1`,
    [fault.function],
  )
  const before = rows[0]?.text ?? ''
  const after = before.replace(fault.from, fault.to)
  if (rows.length !== 1 || after === before) throw new Error(`${fault.function} has no such piece.`)
  await stage.superuser.query(after)
  return before
}
