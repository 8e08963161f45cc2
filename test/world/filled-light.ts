import { randomUUIDv7 } from 'node:crypto'

import { newPartySecrets, randomBytes } from '#platform/crypto'

import type { Person, TestWorld } from './agencies.ts'

/** An office without an account that an agency writes to: its address, a thread's key, a link with its way in; and one handed over. */
export async function fillLight({ owner }: TestWorld, person: Person): Promise<void> {
  const ids = { party_id: person.partyId }
  const [office_id, account_id, thread_id, id] = [
    randomUUIDv7(),
    randomUUIDv7(),
    randomUUIDv7(),
    randomUUIDv7(),
  ]
  const sealed = Buffer.from('sealed')
  const { box, sign } = newPartySecrets()
  await fillOffice(owner, { office_id, account_id })
  await owner
    .insertInto('parties.office_address')
    .values({ ...ids, office_id, key_version: 1, mail: sealed, written_by: person.accountId })
    .execute()
  const version = 1
  await owner
    .insertInto('keyring.party_key')
    .values({
      party_id: office_id,
      version,
      box_public: box.publicKey,
      sign_public: sign.publicKey,
      made_for: person.partyId,
      thread_id,
    })
    .execute()
  await owner
    .insertInto('referrals.thread')
    .values({
      ...ids,
      id: thread_id,
      side: 'from',
      other_party: office_id,
      kind: 'referral',
      state: 'sent',
      comes_back: 'nothing',
    })
    .execute()
  await owner
    .insertInto('parties.office_key')
    .values({ ...ids, thread_id, office_id, version, key_version: 1, secrets: sealed })
    .execute()
  await owner
    .insertInto('light.link')
    .values({
      ...ids,
      id,
      thread_id,
      office_id,
      bearer_id: randomUUIDv7(),
      made_by: person.accountId,
      state: 'sent',
      ends_at: new Date(Date.now() + 3_600_000),
      token_hash: randomBytes(32),
    })
    .execute()
  await owner
    .insertInto('keyring.office_link')
    .values({ ...ids, link_id: id, salt: sealed, wrap: sealed })
    .execute()
  await owner
    .insertInto('keyring.office_hand')
    .values({ ...ids, version: 1000, from_party: office_id, to_version: 1, secrets: sealed })
    .execute()
}

/** The office as the register has it, with the account that stands for it and signs in nowhere. */
async function fillOffice(
  owner: TestWorld['owner'],
  { office_id, account_id }: { readonly office_id: string; readonly account_id: string },
): Promise<void> {
  await owner.insertInto('access.party').values({ id: office_id, kind: 'agency' }).execute()
  await owner
    .insertInto('parties.agency')
    .values({ party_id: office_id, name: 'Invented Office', sector: 'other', pack: 'uk', state: 'ended' })
    .execute()
  await owner
    .insertInto('access.account')
    .values({ id: account_id, login_hash: randomBytes(32), state: 'removed', email: Buffer.of() })
    .execute()
  await owner
    .insertInto('parties.office')
    .values({ office_id, organization_id: randomUUIDv7(), account_id })
    .execute()
}
