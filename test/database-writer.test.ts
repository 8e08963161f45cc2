import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { openIncoming } from '#envelopes'
import { acceptedKeys } from '#parties'
import {
  addNote,
  CardBody,
  closeForTeam,
  notesOf,
  openFile,
  saveCard,
  saveNeeds,
  searchNames,
  startCase,
} from '#people'
import { asMember, caseKey } from '#platform/access'
import {
  framed,
  newKey,
  newPartySecrets,
  newSignPair,
  packPartySecrets,
  partyFingerprint,
  sealTo,
  sign,
  Unopenable,
} from '#platform/crypto'

import { letGo } from '../src/parties/member.actions.ts'
import { type Person, type TestWorld, testWorld } from './world/agencies.ts'
import { sendOne } from './world/crossing.ts'

/** Somebody who can write anything into the database, and holds no key: what they change is seen when it is opened. */
let world: TestWorld
let advocate: Person
let privacy: Person
let clinician: Person
let stranger: Person
let writer: pg.Client

beforeAll(async () => {
  world = await testWorld()
  advocate = await world.found('Harbour Advocacy', 'domestic-abuse')
  privacy = await world.join(advocate, 'Piers', ['privacy-lead'])
  clinician = await world.found('Hill Clinic', 'mental-health')
  stranger = await world.found('Far School', 'education')
  await world.pair(advocate, clinician)
  await world.pair(advocate, stranger)
  writer = new pg.Client({ connectionString: world.database.superUrl })
  await writer.connect()
})
afterAll(async () => {
  await writer.end()
  await world.close()
})

async function caseOf(person: Person, name: string): Promise<string> {
  return person.act(async (db, actor) => {
    const { caseId } = await startCase(db, actor)
    await saveCard(db, actor, { caseId, id: null, version: 0 }, CardBody.parse({ name, role: 'survivor' }))
    await saveNeeds(db, actor, { caseId, version: 0 }, [{ id: 'a', code: 'safety', words: name }])
    await addNote(db, actor, caseId, name)
    return caseId
  })
}

const open = (caseId: string, by: Person = advocate) => by.act((db, actor) => openFile(db, actor, caseId))
const write = (text: string, ...values: unknown[]) => writer.query(text, values)

async function bodyOf(table: 'card' | 'sheet' | 'note', caseId: string): Promise<Buffer> {
  const { rows } = await writer.query<{ body: Buffer }>(
    `select body from people.${table} where case_id = $1`,
    [caseId],
  )
  const row = rows[0]
  if (row === undefined) throw new Error('no cell')
  return row.body
}

describe('a cell does not open', () => {
  test.each([
    ['in another case of the party', 'card', 'card', () => advocate],
    ['in another party', 'card', 'card', () => clinician],
    ['in another table', 'note', 'card', () => advocate],
    ['on another page', 'sheet', 'card', () => advocate],
  ] as const)('%s', async (_name, from, to, whose) => {
    const [source, target] = [await caseOf(whose(), 'Ash'), await caseOf(advocate, 'Birch')]
    await write(`update people.${to} set body = $1 where case_id = $2`, await bodyOf(from, source), target)
    await expect(open(target)).rejects.toThrow(Unopenable)
    await write('delete from people.card where case_id = $1', target)
  })

  test('from before its case was closed under a new key', async () => {
    const caseId = await caseOf(advocate, 'Cedar')
    const before = await bodyOf('note', caseId)
    await advocate.act((db, actor) => closeForTeam(db, actor, caseId, { team: [actor.accountId], cells: [] }))
    await write('update people.note set body = $1 where case_id = $2', before, caseId)
    const notes = advocate.act(async (db, actor) => {
      const key = await caseKey(db, actor, caseId)
      return key === null ? [] : notesOf(db, key)
    })
    await expect(notes).rejects.toThrow(Unopenable)
  })

  test('but an older version of the same cell under the same key does: SECURITY.md says so', async () => {
    const caseId = await caseOf(advocate, 'Dogwood')
    const before = await bodyOf('sheet', caseId)
    await advocate.act((db, actor) =>
      saveNeeds(db, actor, { caseId, version: 1 }, [{ id: 'a', code: 'safety', words: 'Later' }]),
    )
    await write('update people.sheet set body = $1 where case_id = $2', before, caseId)
    expect((await open(caseId))?.needs[0]?.words).toBe('Dogwood')
  })
})

describe('a wrap does not open', () => {
  test('for another case, open or closed', async () => {
    for (const closing of [false, true]) {
      const pair = [await caseOf(advocate, 'Elm'), await caseOf(advocate, 'Fir')]
      if (closing)
        for (const caseId of pair)
          await advocate.act((db, actor) =>
            closeForTeam(db, actor, caseId, { team: [actor.accountId], cells: [] }),
          )
      await write(
        `update keyring.case_wrap w set wrap = o.wrap from keyring.case_wrap o
         where w.case_id = $1 and o.case_id = $2 and o.holder = w.holder`,
        ...pair,
      )
      await expect(open(pair[0] ?? '')).rejects.toThrow(Unopenable)
      await write('delete from people."case" where id = $1', pair[0])
      await write('delete from keyring.case_wrap where case_id = $1', pair[0])
    }
  })

  test('when the writer made it, with a key of their own', async () => {
    const caseId = await caseOf(advocate, 'Gorse')
    await advocate.act((db, actor) => closeForTeam(db, actor, caseId, { team: [actor.accountId], cells: [] }))
    const { rows } = await writer.query<{ public_key: Buffer }>(
      'select public_key from keyring.account_key where account_id = $1',
      [advocate.accountId],
    )
    const forged = sealTo(rows[0]?.public_key ?? newKey(), newKey())
    await write(
      'update keyring.case_wrap set wrap = $1 where case_id = $2 and holder = $3',
      forged,
      caseId,
      advocate.accountId,
    )
    await expect(advocate.act((db, actor) => caseKey(db, actor, caseId))).rejects.toThrow(Unopenable)
    await write('delete from keyring.case_wrap where case_id = $1', caseId)
  })
})

describe('a key that was swapped', () => {
  const keys = () => advocate.act((db, actor) => acceptedKeys(db, actor, stranger.partyId))

  test('of a partner stops sending, and a pin that the writer signed does too', async () => {
    expect(await keys()).toMatchObject({ partyId: stranger.partyId })
    const secrets = newPartySecrets()
    const [box, signing] = [secrets.box.publicKey, secrets.sign.publicKey]
    await write(
      'update keyring.party_key set box_public = $1, sign_public = $2 where party_id = $3',
      box,
      signing,
      stranger.partyId,
    )
    expect(await keys()).toEqual({ refused: 'partner-key-changed' })
    const forger = newSignPair()
    const print = partyFingerprint(box, signing)
    const text = new TextEncoder()
    const message = framed(
      'anydoor/pin',
      text.encode(advocate.partyId),
      text.encode(stranger.partyId),
      new Uint8Array([0, 1]),
      print,
    )
    await write(
      'update keyring.party_key set sign_public = $1 where party_id = $2',
      forger.publicKey,
      advocate.partyId,
    )
    await write(
      'update parties.pin set fingerprint = $1, signature = $2 where party_id = $3 and partner_id = $4',
      print,
      sign(forger.secretKey, message),
      advocate.partyId,
      stranger.partyId,
    )
    expect(await keys()).toEqual({ refused: 'partner-pin-broken' })
    const { rows } = await writer.query('select from keyring.party_key where sign_public = $1', [
      forger.publicKey,
    ])
    expect(rows).toHaveLength(1)
  })
})

describe('a key that was put in place of a member’s', () => {
  test('is sealed to by nobody: neither a case nor the next version of the agency’s keys', async () => {
    const admin = await world.found('Quay Advocacy', 'domestic-abuse', ['agency-administrator', 'lead'])
    const worker = await world.join(admin, 'Worker', ['worker'])
    await world.join(admin, 'Privacy', ['privacy-lead'])
    const leaver = await world.join(admin, 'Leaver', ['worker'])
    const caseId = await caseOf(admin, 'Larch')
    await write(
      'update keyring.account_key set public_key = $1 where account_id = $2',
      newPartySecrets().box.publicKey,
      worker.accountId,
    )
    const closing = admin.act((db, actor) =>
      closeForTeam(db, actor, caseId, { team: [actor.accountId, worker.accountId], cells: [] }),
    )
    await expect(closing).rejects.toThrow('not the one they were admitted with')
    await expect(admin.act((db, actor) => letGo(db, actor, leaver.accountId))).rejects.toThrow(
      'admitted with',
    )
  })

  test('is not followed: a version of the agency’s keys that the writer made stops every act, and is not sealed under', async () => {
    const admin = await world.found('Reed Advocacy', 'domestic-abuse')
    const caseId = await caseOf(admin, 'Maple')
    const { rows } = await writer.query<{ public_key: Buffer }>(
      'select public_key from keyring.account_key where account_id = $1',
      [admin.accountId],
    )
    const forged = sealTo(rows[0]?.public_key ?? newKey(), packPartySecrets(newPartySecrets()))
    await write(
      'insert into keyring.party_wrap values ($1, 2, $2, $3)',
      admin.partyId,
      admin.accountId,
      forged,
    )
    await expect(open(caseId, admin)).rejects.toThrow(Unopenable)
    await write('delete from keyring.party_wrap where party_id = $1 and version = 2', admin.partyId)
    expect((await open(caseId, admin))?.survivor?.name).toBe('Maple')
  })
})

describe('somebody who was written in', () => {
  const actAs = (person: Person, party: string) =>
    asMember(
      world.door,
      person.cookie,
      'test',
      async (db, actor) => searchNames(db, actor, { query: 'a' }),
      party,
    )

  test('as a member has no seal, and comes no further', async () => {
    await write(
      `insert into access.membership (party_id, account_id, roles) values ($1, $2, '{worker,lead}')`,
      clinician.partyId,
      stranger.accountId,
    )
    expect(await actAs(stranger, clinician.partyId)).toEqual({ refused: 'no-session' })
  })

  test('with a seal that the writer made opens nothing that was sealed before', async () => {
    const caseId = await caseOf(clinician, 'Hazel')
    const { rows } = await writer.query<{ public_key: Buffer }>(
      'select public_key from keyring.account_key where account_id = $1',
      [stranger.accountId],
    )
    const seal = sealTo(rows[0]?.public_key ?? newKey(), packPartySecrets(newPartySecrets()))
    await write(
      'insert into keyring.party_wrap values ($1, 1, $2, $3)',
      clinician.partyId,
      stranger.accountId,
      seal,
    )
    await write(
      `insert into parties.member (party_id, account_id, key_version, card) select party_id, $2, key_version, card from parties.member where party_id = $1 limit 1`,
      clinician.partyId,
      stranger.accountId,
    )
    await expect(actAs(stranger, clinician.partyId)).rejects.toThrow(Unopenable)
    expect((await open(caseId, clinician))?.survivor?.name).toBe('Hazel')
  })

  test('as privacy lead still opens no closed case of before', async () => {
    const caseId = await caseOf(advocate, 'Ivy')
    await advocate.act((db, actor) => closeForTeam(db, actor, caseId, { team: [actor.accountId], cells: [] }))
    const late = await world.join(advocate, 'Late', ['worker'])
    await write(
      `update access.membership set roles = '{privacy-lead,lead}' where account_id = $1`,
      late.accountId,
    )
    expect(await open(caseId, late)).toBeNull()
    expect((await open(caseId, privacy))?.survivor?.name).toBe('Ivy')
  })

  test('as the owner of somebody else’s session opens nothing with it', async () => {
    const row = `(select id_hash from access.session where account_id = '${stranger.accountId}' limit 1)`
    await write(
      `update access.session set account_id = $1, party_id = $2 where id_hash = ${row}`,
      privacy.accountId,
      advocate.partyId,
    )
    await expect(actAs(stranger, advocate.partyId)).rejects.toThrow(Unopenable)
  })
})

describe('an envelope does not open', () => {
  test.each([
    [
      'with another’s text',
      `ciphertext = (select ciphertext from envelopes.incoming where id <> $1 and party_id = $2 limit 1)`,
    ],
    [
      'in another thread',
      `thread_id = (select thread_id from envelopes.incoming where id <> $1 and party_id = $2 limit 1)`,
    ],
    ['as another kind', `kind = (select 'decision' where $1::uuid is not null and $2::uuid is not null)`],
    [
      'with another signature',
      `signature = (select signature from envelopes.incoming where id <> $1 and party_id = $2 limit 1)`,
    ],
    [
      'from another sender',
      `from_party = (select party_id from envelopes.incoming where id = $1 and party_id = $2)`,
    ],
  ])('%s', async (_name, change) => {
    const fresh = await freshPair()
    await sendOne(fresh.from, fresh.to, { name: 'Juniper' })
    const sent = await sendOne(fresh.from, fresh.to, { name: 'Kale' })
    const look = () => fresh.to.act((db, actor) => openIncoming(db, actor, sent.envelopeId))
    expect(await look()).toMatchObject({ body: { name: 'Kale' } })
    await write(
      `update envelopes.incoming set ${change} where id = $1 and party_id = $2`,
      sent.envelopeId,
      fresh.to.partyId,
    )
    const outcome = await look().catch((error: unknown) => error)
    expect(
      outcome instanceof Unopenable ||
        (typeof outcome === 'object' && outcome !== null && 'refused' in outcome),
    ).toBe(true)
  })
})

let pairOfEnvelopes: Promise<{ from: Person; to: Person }> | null = null

/** Two agencies whose keys nobody has touched. */
function freshPair() {
  pairOfEnvelopes ??= (async () => {
    const from = await world.found('Lane Advocacy', 'domestic-abuse')
    const to = await world.found('Mill Surgery', 'primary-care')
    await world.pair(from, to)
    return { from, to }
  })()
  return pairOfEnvelopes
}
