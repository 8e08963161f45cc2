import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { counted, type Work } from './world/counted-work.ts'
import { caseWith } from './world/sending.ts'
import { type SendingWorld, sendingWorld } from './world/sending-world.ts'

let at: SendingWorld
let theirs: string

beforeAll(async () => {
  at = await sendingWorld()
  await caseWith(at.advocate, { name: 'Rowan Vale', harm: 'Dane Vale' })
  ;({ caseId: theirs } = await caseWith(at.clinician, { name: 'Kit Birch', harm: 'Lee Birch' }))
})
afterAll(() => at?.world.close())

async function linesNow(): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::integer as n from ledger.entry`.execute(
    at.world.owner,
  )
  return rows[0]?.n ?? 0
}

/** All that somebody outside, or with a stopwatch at the database, could compare. */
async function measured(ask: () => Promise<Response>) {
  const before = await linesNow()
  const { result, work } = await counted(ask)
  const body = await result.text()
  const headers = [...result.headers].filter(([name]) => !/date|set-cookie/.test(name))
  return { status: result.status, body, headers, work, lines: (await linesNow()) - before }
}

function sizes(work: Work) {
  return { statements: work.statements, crypto: work.crypto }
}

describe('the same answer by the same work (DESIGN 6.7)', () => {
  const letter = (from: string, about: string) => ({
    writer: 'parent',
    from,
    about,
    answerTo: 'By post, to the address on the letter.',
  })

  test('us-U18: a records request by another parent, with and without a file', async () => {
    const file = (from: string, about: string) =>
      measured(() => at.served.post('/letters', letter(from, about), at.advocate))
    await file('Lee Marsh', 'Everything about Sam Marsh.')
    const known = await file('Dane Vale', 'Everything about Rowan.')
    const unknown = await file('Dale Wren', 'Everything about Robin.')
    expect(known.status).toBe(200)
    expect(known.body).toBe(unknown.body)
    expect(known.headers).toEqual(unknown.headers)
    expect(known.lines).toBe(unknown.lines)
    expect(sizes(known.work)).toEqual(sizes(unknown.work))
  })

  test('it asks no table that holds anybody', async () => {
    const filed = await measured(() =>
      at.served.post('/letters', letter('Dane Vale', 'The file.'), at.advocate),
    )
    // What arrived at the agency is asked for in every request, whatever it is about.
    const asked = filed.work.statements.filter((text) => text !== 'select * from envelopes.to_try()')
    const looks = asked.filter((text) =>
      /people\b[^;]*(card|sheet|note|case)|envelopes\.|releases\.|referrals\.|keyring"?\."?case_wrap/.test(
        text,
      ),
    )
    expect(looks).toEqual([])
    expect(filed.work.statements.some((text) => text.includes('letter'))).toBe(true)
  })

  test.each(['asks', 'asks/account', 'asks/file', 'asks/correction', 'retention', 'legal-hold'])(
    '/cases/…/%s of another agency is one that does not exist',
    async (page) => {
      const ask = (id: string) => measured(() => at.served.get(`/cases/${id}/${page}`, at.advocate))
      await ask('01890000-0000-7000-8000-00000000ffff')
      const other = await ask(theirs)
      const missing = await ask('01890000-0000-7000-8000-00000000fffe')
      expect(other.status).toBe(404)
      expect(other.body).toBe(missing.body)
      expect(other.lines).toBe(missing.lines)
      expect(sizes(other.work)).toEqual(sizes(missing.work))
    },
  )

  test('the measuring sees a difference where there is one', async () => {
    const missing = await measured(() => at.served.get('/letters', at.advocate))
    const filed = await measured(() => at.served.post('/letters', letter('Lee', 'All.'), at.advocate))
    expect(sizes(missing.work)).not.toEqual(sizes(filed.work))
    expect(Object.keys(filed.work.crypto).length).toBeGreaterThan(0)
  })
})
