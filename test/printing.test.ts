import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { addNote, openFile, saveContact } from '#people'

import { answeredPaper, order, stepOn } from './world/grounds.ts'
import { caseWith, send, walkToSend } from './world/sending.ts'
import { type SendingWorld, sendingWorld } from './world/sending-world.ts'

const agency = 'Northmere Domestic Abuse Service'

let at: SendingWorld
let caseId: string
let ways: readonly Way[]

/** One way in which something of a case goes on paper: what asks, what prints, and a word that only the print holds. */
interface Way {
  readonly what: string
  readonly ask: () => Promise<Response>
  readonly print: () => Promise<Response>
  readonly holds: string
  /** A court's copy goes where the judge said, whatever paper is at home. */
  readonly toPerson: boolean
}

const get = (path: string) => at.served.get(path, at.advocate)
const post = (path: string, fields: Readonly<Record<string, string>>) =>
  at.served.post(path, fields, at.advocate)
const paper = { safe: 'alone', how: 'print' }

beforeAll(async () => {
  at = await sendingWorld()
  ;({ caseId } = await caseWith(at.advocate))
  const { draft } = await walkToSend(at.served, at.advocate, caseId, at.talking)
  await send(at.served, at.advocate, caseId, draft)
  const file = await at.advocate.act((db, actor) => openFile(db, actor, caseId))
  const who = file?.survivor?.id ?? ''
  const begun = await post(`/cases/${caseId}/asks/file`, { who, how: 'spoken' })
  const pack = `/cases/${caseId}/asks/file/${begun.headers.get('location')?.split('/').at(-1)}/give`
  const ordered = await caseWith(at.advocate)
  await at.advocate.act((db, actor) => addNote(db, actor, ordered.caseId, 'What the order names.'))
  const court = await answeredPaper(at.served, at.advocate, ordered.caseId)
  const page = await (await get(`${court.path}/order`)).text()
  const items = [...page.matchAll(/value="(note~[^"]+)"/g)].map(([, key = '']) => key)
  const step = (fields: Readonly<Record<string, string | readonly string[]>>) =>
    stepOn(at.served, at.advocate, court, '/order', fields, at.advocate)
  await step({ act: 'order', ...order, items })
  await step({ act: 'send', items })
  const account = `/cases/${caseId}/asks/account`
  const copy = `/cases/${caseId}/releases/${draft}/copy`
  const whole = `/cases/${caseId}/print`
  const sent = 'Sleep through the night'
  ways = [
    { what: 'the case', ask: () => get(whole), print: () => get(`${whole}?sure=paper`), holds: sent },
    {
      what: 'their copy of a permission',
      ask: () => get(copy),
      print: () => get(`${copy}?yes=1`),
      holds: sent,
    },
    {
      what: 'what was shared and who looked',
      ask: () => post(account, paper),
      print: () => post(account, { ...paper, sure: 'yes' }),
      holds: 'So that I do not have to tell it all again',
    },
    {
      what: 'their file',
      ask: () => post(pack, paper),
      print: () => post(pack, { ...paper, sure: 'yes' }),
      holds: sent,
    },
    {
      what: 'a court’s copy',
      ask: () => get(`${court.path}/copy`),
      print: () => get(`${court.path}/copy?sure=yes`),
      holds: 'What the order names.',
    },
  ].map((each) => ({ ...each, toPerson: each.what !== 'a court’s copy' }))
})
afterAll(() => at?.world.close())

describe('us-U29: printing needs a second yes, and its heading is neutral', () => {
  test('the first answer asks and holds nothing; only the second prints', async () => {
    for (const { what, ask, print, holds } of ways) {
      const asked = await ask()
      expect([what, asked.status, (await asked.text()).includes(holds)]).toEqual([what, 200, false])
      const printed = await print()
      expect([what, printed.status, (await printed.text()).includes(holds)]).toEqual([what, 200, true])
    }
  })

  test('what a printer puts on top of the paper, title and header, names no agency, product or person', async () => {
    for (const { what, print } of ways) {
      const text = await (await print()).text()
      const title = /<title>([^<]*)</.exec(text)?.[1] ?? ''
      const header = /<header[\s\S]*?<\/header>/.exec(text)?.[0] ?? ''
      expect([what, title]).toEqual([what, 'Information'])
      for (const word of [agency, 'Anydoor', 'Rowan'])
        expect([what, header.includes(word)]).toEqual([what, false])
      expect(header).toContain('Information')
    }
  })

  test('where paper is not safe the second yes prints nothing of it either', async () => {
    await at.advocate.act(async (db, actor) => {
      const file = await openFile(db, actor, caseId)
      if (file === null || file.contact === null) throw new Error('no contact')
      const place = { caseId, version: file.sheets.contact.version }
      return saveContact(db, actor, place, { ...file.contact, printing: 'no' })
    })
    for (const { what, print, holds } of ways.filter((each) => each.toPerson))
      expect([what, (await (await print()).text()).includes(holds)]).toEqual([what, false])
  })
})
