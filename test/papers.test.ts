import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { addPaper, paperCells } from '#papers'
import { closeForTeam, eraseCase, liftHold, openFile, placeHold } from '#people'
import { newCookie } from '#platform/crypto'

import { mostPapers } from '../src/papers/paper.actions.ts'
import type { Person } from './world/agencies.ts'
import { caseWith } from './world/sending.ts'
import { type SendingWorld, sendingWorld } from './world/sending-world.ts'

let at: SendingWorld
let caseId: string

beforeAll(async () => {
  at = await sendingWorld()
  ;({ caseId } = await caseWith(at.advocate, { name: 'Rowan Vale', harm: 'Dane Vale' }))
})
afterAll(() => at?.world.close())

const canary = 'LARKSPUR-PAPER'
const address = 'http://127.0.0.1:3000'

async function post(who: Person, of: string, file: File | null, title = ''): Promise<Response> {
  const form = new FormData()
  form.set('title', title)
  if (file !== null) form.set('file', file)
  const headers = {
    host: '127.0.0.1:3000',
    'sec-fetch-site': 'same-origin',
    cookie: `session-3000=${who.cookie}`,
  }
  return at.served.app.request(`${address}/cases/${of}/papers`, { method: 'POST', body: form, headers })
}

async function add(words: string | Uint8Array<ArrayBuffer>, name = 'a.txt', title = ''): Promise<string> {
  const answer = await post(at.advocate, caseId, new File([words], name), title)
  expect([answer.status, answer.headers.get('location')]).toEqual([303, `/cases/${caseId}/papers?saved=1`])
  const { rows } = await sql<{ id: string }>`select id from papers.paper order by id desc limit 1`.execute(
    at.world.owner,
  )
  return rows[0]?.id ?? ''
}

const open = (id: string, who = at.advocate, of = caseId) => at.served.get(`/cases/${of}/papers/${id}`, who)
const count = async (table: 'paper' | 'piece') => {
  const { rows } = await sql<{
    n: number
  }>`select count(*)::integer as n from ${sql.table(`papers.${table}`)}`.execute(at.world.owner)
  return rows[0]?.n
}

describe('a paper of a case', () => {
  test('comes back octet by octet, to be saved, under a name that tells nothing', async () => {
    const bytes = new Uint8Array(200_000)
    for (let i = 0; i < bytes.length; i += 1) bytes[i] = 32 + ((i * 31) % 90)
    const id = await add(bytes, 'Refuge plan.txt', 'The plan')
    const answer = await open(id)
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true)
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'content-disposition': `attachment; filename="file-${id.slice(-6)}.txt"`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    })
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
  })

  test.each([1, 65_534, 65_535, 65_536, 131_070, 131_071])('of %i octets comes back whole', async (size) => {
    const id = await add(new Uint8Array(size).fill(65))
    const back = new Uint8Array(await (await open(id)).arrayBuffer())
    expect([back.length, back.every((each) => each === 65)]).toEqual([size, true])
  })

  test('leaves neither words nor name nor kind nor length readable in the database', async () => {
    const id = await add(canary.repeat(9000), `${canary}.txt`, canary)
    const { rows } = await sql<{ head: Buffer; body: Buffer }>`select p.head, x.body from papers.paper p
      join papers.piece x on x.paper_id = p.id where p.id = ${id}`.execute(at.world.owner)
    expect(rows.length).toBe(2)
    for (const { head, body } of rows) {
      expect(Buffer.concat([head, body]).includes(canary)).toBe(false)
      expect(body.length).toBe(64 * 1024 + 41)
    }
    const lines = await sql<{ text: string }>`select entry::text as text from ledger.entry entry`.execute(
      at.world.owner,
    )
    expect(lines.rows.some(({ text }) => text.includes(canary))).toBe(false)
  })

  test('that is a picture keeps nothing of what the camera wrote', async () => {
    const words = Buffer.from(`Exif\0\0${canary}`, 'latin1')
    const parts = [
      [0xff, 0xd8, 0xff, 0xe1, 0, words.length + 2],
      [...words],
      [0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 1, 2, 3, 0xff, 0xd9],
    ]
    const id = await add(new Uint8Array(parts.flat()), 'a.jpg')
    const back = Buffer.from(await (await open(id)).arrayBuffer())
    expect(back.equals(Buffer.from([0xff, 0xd8, ...(parts[2] ?? [])]))).toBe(true)
  })

  test('whose pieces were moved, swapped, taken away or changed opens nothing', async () => {
    const id = await add('A'.repeat(140_000))
    const other = await add('B'.repeat(140_000))
    const turn = async (change: string) => {
      const run = (text: string) =>
        sql.raw(text.replaceAll(':id', `'${id}'`).replaceAll(':other', `'${other}'`)).execute(at.world.owner)
      await run('create temporary table kept as select * from papers.piece where paper_id = :id')
      await run(change)
      const { status } = await open(id)
      await run('delete from papers.piece where paper_id = :id')
      await run('insert into papers.piece select * from kept')
      await run('drop table kept')
      return status
    }
    expect([
      await turn('update papers.piece set nth = 9 - nth where paper_id = :id'),
      await turn('delete from papers.piece where paper_id = :id and nth = 2'),
      await turn(`update papers.piece p set body = o.body from papers.piece o
        where p.paper_id = :id and o.paper_id = :other and p.nth = o.nth`),
      await turn(
        `update papers.piece set body = set_byte(body, 500, 255 - get_byte(body, 500)) where paper_id = :id and nth = 1`,
      ),
    ]).toEqual([500, 500, 500, 500])
    expect((await open(id)).status).toBe(200)
  })

  test('is written down each time somebody opens it', async () => {
    const id = await add('Dear Sam,')
    const lines = async () => {
      const { rows } = await sql<{ n: number }>`select count(*)::integer as n from ledger.entry
        where kind = 'case.read' and case_id = ${caseId}`.execute(at.world.owner)
      return rows[0]?.n ?? 0
    }
    const before = await lines()
    await open(id)
    expect(await lines()).toBe(before + 1)
  })

  test('is missing for another agency, for a case it does not belong to, and for an address that is none', async () => {
    const id = await add('Dear Sam,')
    const theirs = await caseWith(at.clinician, { name: 'Kit Birch', harm: 'Lee Birch' })
    const own = await caseWith(at.advocate, { name: 'Ash Brook', harm: 'Lee Brook' })
    const answers = [
      await open(id, at.clinician),
      await open(id, at.clinician, theirs.caseId),
      await open(id, at.advocate, own.caseId),
      await open('none'),
      await post(at.clinician, caseId, new File(['x'], 'a.txt')),
      await at.served.post(`/cases/${own.caseId}/papers/${id}/remove`, {}, at.advocate),
    ]
    expect(answers.map((each) => each.status)).toEqual([404, 404, 404, 404, 404, 404])
    expect((await open(id)).status).toBe(200)
  })
})

describe('what cannot be kept', () => {
  test.each([
    [new File([Buffer.from('MZ\x90\0')], 'a.pdf'), 'This kind of file cannot be kept here'],
    [new File([Buffer.from('\0\0\0\x18ftypheic')], 'a.heic'), 'Save it as JPEG'],
    [new File([Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0])], 'a.jpg'), 'This picture cannot be read'],
    [new File([], 'a.txt'), 'Choose a file first'],
    [new File([new Uint8Array(20 * 1024 * 1024 + 1).fill(65)], 'a.txt'), 'longer than 20 MB'],
    [null, 'Choose a file first'],
  ])('is refused with a sentence, nothing typed is lost, nothing stays: %o', async (file, sentence) => {
    const before = [await count('paper'), await count('piece')]
    const answer = await post(at.advocate, caseId, file, 'What I typed')
    expect(answer.status).toBe(422)
    const text = await answer.text()
    expect(text).toContain(sentence)
    expect(text).toContain('value="What I typed"')
    expect([await count('paper'), await count('piece')]).toEqual(before)
  })

  test('a form that breaks off leaves nothing', async () => {
    const before = [await count('paper'), await count('piece')]
    const edge = `edge-${Buffer.from(newCookie()).toString('hex')}`
    const part = `--${edge}\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n`
    const answer = await at.served.app.request(`${address}/cases/${caseId}/papers`, {
      method: 'POST',
      body: part + 'A'.repeat(200_000),
      headers: {
        host: '127.0.0.1:3000',
        'sec-fetch-site': 'same-origin',
        cookie: `session-3000=${at.advocate.cookie}`,
        'content-type': `multipart/form-data; boundary=${edge}`,
      },
    })
    expect(answer.status).toBe(422)
    expect([await count('paper'), await count('piece')]).toEqual(before)
  })

  test('a case that holds as many as it can says so', async () => {
    const full = await caseWith(at.advocate, { name: 'Fern Cove', harm: 'Lee Cove' })
    await sql`insert into papers.paper (party_id, case_id, author_id, head)
      select ${at.advocate.partyId}, ${full.caseId}, ${at.advocate.accountId}, ''
      from generate_series(1, ${mostPapers})`.execute(at.world.owner)
    const before = await count('paper')
    expect(
      await at.advocate.act((db, actor) =>
        addPaper(db, actor, full.caseId, { body: null, contentType: undefined }, 1000),
      ),
    ).toEqual({ refused: 'too-many', title: '' })
    expect(await count('paper')).toBe(before)
  })
})

test('the longest file is kept and comes back whole, in as many pieces as hide its length', async () => {
  const most = 20 * 1024 * 1024
  const bytes = new Uint8Array(most).fill(66)
  const id = await add(bytes, 'long.txt')
  const back = new Uint8Array(await (await open(id)).arrayBuffer())
  const sum = (of: Uint8Array) => createHash('sha256').update(of).digest('hex')
  expect([back.length, sum(back)]).toEqual([most, sum(bytes)])
  const { rows } = await sql<{
    n: number
  }>`select count(*)::integer as n from papers.piece where paper_id = ${id}`.execute(at.world.owner)
  expect(rows[0]?.n).toBe(384)
}, 60_000)

test('a case closed for its team keeps its papers under its new key, and nobody else opens them', async () => {
  const made = await caseWith(at.advocate, { name: 'Ivy Ness', harm: 'Lee Ness' })
  const outside = await at.world.join(at.advocate, 'Outside', ['worker'])
  await post(at.advocate, made.caseId, new File(['Dear Ivy,'], 'a.txt'))
  const list = await (await at.served.get(`/cases/${made.caseId}/papers`, outside)).text()
  const link = /\/cases\/[^"]+\/papers\/[0-9a-f-]{36}/.exec(list)?.[0] ?? ''
  expect((await at.served.get(link, outside)).status).toBe(200)
  await at.advocate.act((db, actor) =>
    closeForTeam(db, actor, made.caseId, { team: [actor.accountId], cells: [paperCells] }),
  )
  expect((await at.served.get(link, outside)).status).toBe(404)
  const answer = await at.served.get(link, at.advocate)
  expect([answer.status, await answer.text()]).toEqual([200, 'Dear Ivy,'])
})

test('taking one out takes its pieces too, a legal hold stops it, and erasing the case leaves none', async () => {
  const made = await caseWith(at.advocate, { name: 'Elm Ridge', harm: 'Lee Ridge' })
  const before = [await count('paper'), await count('piece')]
  await post(at.advocate, made.caseId, new File(['one'], 'a.txt'))
  await post(at.advocate, made.caseId, new File(['two'], 'b.txt'))
  const list = await (await at.served.get(`/cases/${made.caseId}/papers`, at.advocate)).text()
  const remove = /\/cases\/[^"]+\/papers\/[0-9a-f-]{36}\/remove/.exec(list)?.[0] ?? ''
  expect(await (await at.served.get(remove, at.advocate)).text()).toContain('cannot be brought back')
  await at.advocate.act((db, actor) =>
    placeHold(db, actor, made.caseId, { ground: 'court', reason: 'A claim.' }),
  )
  const held = await at.served.post(remove, {}, at.advocate)
  expect([held.status, (await held.text()).includes('Nothing of this case may be destroyed')]).toEqual([
    409,
    true,
  ])
  await at.advocate.act((db, actor) => liftHold(db, actor, made.caseId, 'Settled.'))
  expect((await at.served.post(remove, {}, at.advocate)).status).toBe(303)
  expect((await at.served.post(remove, {}, at.advocate)).status).toBe(404)
  expect([await count('paper'), await count('piece')]).toEqual([(before[0] ?? 0) + 1, (before[1] ?? 0) + 1])
  await at.advocate.act((db, actor) => eraseCase(db, actor, made.caseId))
  expect([await count('paper'), await count('piece')]).toEqual(before)
})

test('the person’s own file lists what is kept', async () => {
  const made = await caseWith(at.advocate, { name: 'Moss Lake', harm: 'Lee Lake' })
  await post(at.advocate, made.caseId, new File(['Dear Moss,'], 'a.txt'), 'Letter from the school')
  const { cards } = (await at.advocate.act((db, actor) => openFile(db, actor, made.caseId))) ?? { cards: [] }
  const who = cards.find((card) => card.role === 'survivor')?.id ?? ''
  const begun = await at.served.post(`/cases/${made.caseId}/asks/file`, { who, how: 'spoken' }, at.advocate)
  const picks = await (await at.served.get(begun.headers.get('location') ?? '', at.advocate)).text()
  expect(picks).toContain('A paper or picture, added')
  expect(picks).toContain('Letter from the school: Plain text, 1 KB')
})
