import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { openIncoming } from '#envelopes'
import { liftHold, openFile, placeHold, searchNames, startCase } from '#people'
import { caseKeys } from '#platform/access'
import { passPassword, tellFailures } from '#platform/auth'
import { type LedgerKind, ledgerKinds, readLines } from '#platform/ledger'

import { lettersOf } from '../src/asks/letter.store.ts'
import { setCapacity } from '../src/directory/editor.actions.ts'
import { letGo, printSheet, setRoles } from '../src/parties/member.actions.ts'
import { recordForOperator } from '../src/parties/operator-line.actions.ts'
import { inviteBySheet } from '../src/parties/sheet-recovery.actions.ts'
import { closeForTeam, declareConflict } from '../src/people/close.actions.ts'
import { eraseCase } from '../src/people/erase.actions.ts'
import { takeIntoRecord } from '../src/referrals/take.actions.ts'
import { withdrawUnder } from '../src/referrals/withdraw.actions.ts'
import type { Person } from './world/agencies.ts'
import { endCaseOf } from './world/closing.ts'
import { answeredPaper, beginOn, order, paper, stepOn } from './world/grounds.ts'
import { pairedFiles } from './world/paired.ts'
import { decided, ended, seconded, sentOn, told } from './world/decision.ts'
import { listens } from './world/listens.ts'
import { linkedToHarbour, linkEnded, toHarbour } from './world/light.ts'
import { clientActs } from './world/clients.ts'
import { caseWith, send, walkToSend, walkToTurn } from './world/sending.ts'
import { type SendingWorld, sendingWorld } from './world/sending-world.ts'
import { sendReferral, threadNow } from './world/referrals.ts'
import { apartOf, saidCode, sayYes } from './world/visit.ts'
import {
  beginAgency,
  enter,
  forgetSteps,
  giveCode,
  joinAgency,
  type Staff,
  visitor,
  wordsOn,
} from './world/visitor.ts'

let at: SendingWorld
let advocate: Person
let clinician: Person
let ada: Staff
let ben: Staff

beforeAll(async () => {
  at = await sendingWorld()
  ;({ advocate, clinician } = at)
  ada = await beginAgency(at.world, at.served, 'Quay House')
  ben = await joinAgency(at.world, at.served, ada, { name: 'Ben', roles: ['worker'] })
})
afterAll(() => at?.world.close())

async function signedIn(who: Staff) {
  const browser = visitor(at.served)
  expect((await enter(at.world, browser, who)).status).toBe(303)
  return browser
}

const path = (caseId: string, rest: string) => `/cases/${caseId}/${rest}`
const sent = () => sendReferral(advocate, clinician)
const begun = async () => (await advocate.act((db, actor) => startCase(db, actor))).caseId

async function released() {
  const { caseId } = await caseWith(advocate)
  const { draft } = await walkToSend(at.served, advocate, caseId, at.talking)
  expect((await send(at.served, advocate, caseId, draft)).status).toBe(303)
  return { caseId, draft }
}

async function recovering() {
  const lost = {
    lost: 'both',
    login: ben.login,
    recovery: ben.recoveryCode,
    newPassword: 'a new password here',
  }
  const asked = await (await visitor(at.served).post('/recover', lost)).text()
  expect(wordsOn(asked)).toHaveLength(6)
  const { id } = await at.world.owner
    .selectFrom('access.recovery')
    .select('id')
    .where('account_id', '=', ben.accountId)
    .executeTakeFirstOrThrow()
  await (await signedIn(ada)).post(`/agency/recoveries/${id}`, {})
}

const opened = () =>
  sent().then((one) => clinician.act((db, actor) => openIncoming(db, actor, one.envelopeId)))

async function withdrawn() {
  const { releaseId: id, key: of, envelopeId } = await sent()
  await advocate.act((db, actor) => withdrawUnder(db, actor, { id, of }, 'spoken'))
  return envelopeId
}

async function refused() {
  const { caseId } = await caseWith(advocate)
  await expect(walkToSend(at.served, advocate, caseId, at.talking, { name: 'DANE  Vale' })).rejects.toThrow(
    '422',
  )
}

async function codeSaid() {
  const { caseId } = await caseWith(advocate)
  const { draft } = await walkToTurn(at.served, advocate, caseId, at.talking)
  return { caseId, draft, code: await saidCode(at.served, advocate, { caseId, draft }) }
}

async function asked() {
  const { caseId } = await caseWith(advocate)
  const wrong = { part: 'needs', says: 'Sleep', should: 'Sleep and rest', how: 'spoken' }
  const made = await at.served.post(path(caseId, 'asks/correction'), wrong, advocate)
  return { caseId, ask: made.headers.get('location')?.split('/').at(-1) ?? '' }
}

async function filed() {
  const letter = { writer: 'parent', from: 'Lee Marsh', about: 'The file.', answerTo: 'By post.' }
  await at.served.post('/letters', letter, advocate)
  const [newest] = await advocate.act((db, actor) => lettersOf(db, actor))
  return newest?.id ?? ''
}

async function held() {
  const caseId = await begun()
  const why = { ground: 'court', reason: 'An order is pending.' } as const
  await advocate.act((db, actor) => placeHold(db, actor, caseId, why))
  return caseId
}

const paperCame = async () => beginOn(at.served, advocate, await begun(), 'paper', paper)

async function byOrder() {
  const { caseId } = await caseWith(advocate)
  const place = await answeredPaper(at.served, advocate, caseId)
  for (const act of [{ act: 'order', ...order }, { act: 'send' }])
    await stepOn(at.served, advocate, place, '/order', { ...act, items: ['attendance'] })
}

/** Every declared kind, and the real act that must write it. A kind without an act does not compile. */
const acts: Readonly<Record<LedgerKind, () => Promise<unknown>>> = {
  'session.signed-in': () => signedIn(ada),
  'session.signed-out': async () => (await signedIn(ada)).post('/sign-out', {}),
  'session.failed': async () => {
    await passPassword(at.world.pools.web, at.world.installation.pepper, ada.login, 'not the password')
    await tellFailures(at.world.pools)
  },
  'member.invited': async () =>
    (await signedIn(ada)).post('/agency/invite', [
      ['name', 'Cleo'],
      ['login', 'cleo@example.org'],
      ['roles', 'worker'],
    ]),
  'member.admitted': () => joinAgency(at.world, at.served, ada, { name: 'Dee', roles: ['worker'] }),
  'member.removed': async () => {
    // An agency of its own: new keys ask the partners to compare words again.
    const admin = await at.world.found('Leavers', 'housing')
    const gone = await at.world.join(admin, 'Gone', ['worker'])
    await admin.act((db, actor) => letGo(db, actor, gone.accountId))
  },
  'member.roles': async () => {
    const one = await at.world.join(advocate, 'Lead', ['worker'])
    await advocate.act((db, actor) => setRoles(db, actor, one.accountId, ['worker', 'lead']))
  },
  'member.password': async () => {
    const newPassword = 'another long password'
    const here = await signedIn(ada)
    await here.post('/account/password', { password: ada.password, newPassword })
    ada.password = newPassword
  },
  'member.recovered': recovering,
  ...clientActs(() => ({ ...at, by: advocate })),
  'party.sheet': () => advocate.act((db, actor) => printSheet(db, actor)),
  'party.sheet-used': async () => {
    const sheet = await advocate.act((db, actor) => printSheet(db, actor))
    const who = { login: 'new-administrator@example.org', name: 'Kim' }
    expect(await inviteBySheet(at.world.owner, at.world.installation, sheet, who)).toHaveProperty('token')
  },
  'partner.pinned': async () => at.world.pair(advocate, await at.world.found('New Partner', 'education')),
  'case.opened': begun,
  'case.read': async () => {
    const caseId = await begun()
    await advocate.act((db, actor) => openFile(db, actor, caseId))
  },
  'case.changed': () => caseWith(advocate),
  'case.searched': () => advocate.act((db, actor) => searchNames(db, actor, { query: 'Ash' })),
  'case.closed': async () => {
    const caseId = await begun()
    await advocate.act((db, actor) => closeForTeam(db, actor, caseId, { cells: [] }))
  },
  'case.erased': async () => {
    const caseId = await begun()
    await advocate.act((db, actor) => eraseCase(db, actor, caseId))
  },
  'ask.made': asked,
  'ask.shown': async () => {
    const { caseId } = await caseWith(advocate)
    await at.served.post(path(caseId, 'asks/account'), { safe: 'alone', how: 'show' }, advocate)
  },
  'ask.answered': async () => {
    const { caseId, ask } = await asked()
    const answer = { answer: 'agreed', reason: 'It was a slip.', statement: '' }
    await at.served.post(path(caseId, `asks/correction/${ask}`), answer, advocate)
  },
  'letter.filed': filed,
  'letter.answered': async () => {
    const id = await filed()
    await at.served.post(`/letters/${id}`, { answer: 'The usual sentence.' }, advocate)
  },
  'retention.decided': async () => {
    const { caseId } = await caseWith(advocate)
    await endCaseOf(advocate, caseId)
    await sql`update people."case" set updated_at = now() - interval '4 months' where id = ${caseId}`.execute(
      at.world.owner,
    )
    const kept = { field: 'contact', 'decision-contact': 'destroy', 'reason-contact': 'Nobody needs it.' }
    await at.served.post(path(caseId, 'retention'), kept, advocate)
  },
  'hold.placed': held,
  'hold.lifted': async () => {
    const caseId = await held()
    await advocate.act((db, actor) => liftHold(db, actor, caseId, 'It is over.'))
  },
  'hold.stopped': async () => {
    const caseId = await held()
    await advocate.act((db, actor) => eraseCase(db, actor, caseId))
  },
  'pair.made': async () => void (await pairedFiles(at, await begun())),
  'pair.read': async () => {
    const lead = await pairedFiles(at, await begun())
    expect((await at.served.get('/work/paired-files', lead)).status).toBe(200)
  },
  'conflict.declared': async () => {
    const lead = await at.world.join(advocate, 'Other', ['worker', 'lead', 'privacy-lead'])
    const { caseId } = await lead.act((db, actor) => startCase(db, actor))
    await lead.act((db, actor) => declareConflict(db, actor, caseId, []))
  },
  'release.signed': released,
  'release.withdrawn': async () => {
    const { caseId, draft } = await released()
    const said = await at.served.post(
      path(caseId, `releases/${draft}/withdraw`),
      { how: 'spoken-here' },
      advocate,
    )
    expect(said.status).toBe(303)
  },
  'release.refused': refused,
  'visit.made': codeSaid,
  'visit.ended': async () => {
    const { caseId, draft } = await codeSaid()
    await at.served.post(apartOf(caseId, draft), { step: 'end' }, advocate)
  },
  'visit.answered': async () => {
    const browser = visitor(at.served)
    await browser.post('/go', { code: (await codeSaid()).code })
    await sayYes(browser)
  },
  'office.written': () => toHarbour(at.world, at.served, advocate),
  'link.made': () => linkedToHarbour(at.world, at.served, advocate),
  'link.ended': () => linkEnded(at.world, at.served, advocate),
  'decision.made': () => decided(at),
  'decision.seconded': async () => seconded(at, await decided(at)),
  'decision.told': async () => told(at, await seconded(at, await decided(at))),
  'decision.ended': async () => ended(at, await sentOn(at, await seconded(at, await decided(at)))),
  'envelope.sent': sent,
  'envelope.received': sent,
  'envelope.opened': opened,
  'envelope.not-open': async () => {
    const envelopeId = await withdrawn()
    await clinician.act((db, actor) => openIncoming(db, actor, envelopeId))
  },
  'envelope.withdrawn': withdrawn,
  'envelope.taken': async () => {
    const { threadId } = await sent()
    const yes = { 'starts-day': '1', 'starts-month': '12', 'starts-year': '2026', person: 'Kim' }
    const { version } = await threadNow(clinician, threadId)
    await at.served.post(`/referrals/${threadId}/accept`, { ...yes, version: String(version) }, clinician)
    const now = await threadNow(clinician, threadId)
    await clinician.act((db, actor) => takeIntoRecord(db, actor, now, [0]))
  },
  'referral.changed': async () => {
    const { threadId } = await sent()
    const { version } = await threadNow(clinician, threadId)
    const asked = { text: 'Mornings or evenings?', version: String(version) }
    await at.served.post(`/referrals/${threadId}/question`, asked, clinician)
  },
  'ground.changed': paperCame,
  'ground.shared': byOrder,
  'ground.refused': async () => {
    const { caseId } = await paperCame()
    expect((await at.served.get(path(caseId, 'print'), advocate)).status).toBe(409)
  },
  'export.made': async () => {
    const caseId = await begun()
    await at.served.get(`${path(caseId, 'print')}?sure=text`, advocate)
  },
  'calendar.changed': async () => at.served.post('/calendar', { do: 'make' }, advocate),
  'agency.law': async () => at.served.post('/agency/law', { law: 'uk-wls' }, advocate),
  'agency.young': async () => {
    const clinic = await at.world.found('Alder Clinic', 'mental-health', undefined, 'us')
    await at.served.post('/agency/law', { law: 'us-ct' }, clinic)
    const said = { who: 'own', from: '14', citation: 'Section 3, read by our lawyer' }
    expect((await at.served.post('/agency/young', said, clinic)).status).toBe(303)
  },
  'form.changed': () => asLead('/forms', { title: 'Our questions' }),
  'language.changed': () => asLead('/language', { severity: '1' }),
  'events.changed': () => listens(at.world, advocate),
  'directory.changed': () =>
    clinician.act((db, actor) =>
      setCapacity(db, actor, at.talking, { state: 'has-room', note: '', why: '' }),
    ),
}

async function asLead(path: string, fields: Readonly<Record<string, string>>): Promise<void> {
  const lead = await at.world.join(advocate, 'Any Lead', ['lead'])
  expect((await at.served.post(path, fields, lead)).status).toBe(303)
}

async function countOf(kind: LedgerKind): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::integer as n from ledger.entry where kind = ${kind}`.execute(at.world.owner)
  return rows[0]?.n ?? 0
}

test.each(ledgerKinds)('%s is written by its act', async (kind) => {
  const before = await countOf(kind)
  await acts[kind]()
  expect(await countOf(kind)).toBeGreaterThan(before)
})

describe('a failed sign-in', () => {
  const fail = () =>
    passPassword(at.world.pools.web, at.world.installation.pepper, ada.login, 'not the password')
  const later = (column: 'retry_at' | 'told_at', by: string) =>
    sql`update access.attempt set ${sql.ref(column)} = ${sql.ref(column)} - ${by}::interval`.execute(
      at.world.owner,
    )
  const failNow = async () => {
    await later('retry_at', '1 hour')
    expect(await fail()).toMatchObject({ refused: 'no-match' })
  }

  test('is counted, and told at most once in a window that grows', async () => {
    await forgetSteps(at.world)
    for (let i = 0; i < 3; i++) await failNow()
    expect(await tellFailures(at.world.pools)).toBe(1)
    for (let i = 0; i < 3; i++) await failNow()
    expect(await tellFailures(at.world.pools)).toBe(0)
    await later('told_at', '3 minutes')
    expect(await tellFailures(at.world.pools)).toBe(0)
    await later('told_at', '2 minutes')
    expect(await tellFailures(at.world.pools)).toBe(1)
    const page = await (await signedIn(ada)).get('/agency/ledger')
    const text = await page.text()
    expect(text.match(/A sign-in failed: 3 times, with the address of Quay House first/g)).toHaveLength(1)
    expect(await tellFailures(at.world.pools)).toBe(0)
  })

  test('of a login that nobody has leaves no line, and neither does the job for it', async () => {
    await forgetSteps(at.world)
    const before = await countOf('session.failed')
    for (let i = 0; i < 5; i++)
      await passPassword(
        at.world.pools.web,
        at.world.installation.pepper,
        `nobody-${i}@example.org`,
        'anything',
      )
    expect(await tellFailures(at.world.pools)).toBe(0)
    expect(await countOf('session.failed')).toBe(before)
  })

  test('that no line told yet is told by the sign-in that follows', async () => {
    await forgetSteps(at.world)
    const browser = visitor(at.served)
    await browser.post('/sign-in', { login: ada.login, password: 'not the password' })
    await later('retry_at', '1 hour')
    const before = await countOf('session.failed')
    const asks = await (await browser.post('/sign-in', { login: ada.login, password: ada.password })).text()
    expect((await giveCode(browser, asks, ada.authenticator)).status).toBe(303)
    expect(await countOf('session.failed')).toBe(before + 1)
  })
})

test('what is exported at the machine is a line that only the operator can read', async () => {
  const operator = await at.world.found('The Engine Room', 'operator', ['operator'])
  const before = await countOf('export.made')
  await at.world.owner
    .transaction()
    .execute((db) => recordForOperator(db, { kind: 'export.made', detail: { what: 'directory' } }))
  expect(await countOf('export.made')).toBe(before + 1)
  const [line] = await operator.act((db, actor) =>
    readLines(db, actor, { kinds: ['export.made'] }, (ids) => caseKeys(db, actor, ids)),
  )
  expect(line).toMatchObject({ holds: true, detail: { what: 'directory' } })
})
