import { beforeAll, expect, test } from 'vitest'
import { type BoxPair } from './boxes.ts'
import { type Bytes, cryptoReady, newKey, sameBytes } from './bytes.ts'
import { type Busy } from './queues.ts'
import { changePassword, type NewUser, newUser, resealUser, unlockByRecovery, unlockUser } from './users.ts'

const pepper = Uint8Array.from({ length: 32 }, (_, at) => at)
let user: NewUser

beforeAll(async () => {
  await cryptoReady()
  user = present(await newUser('four plain words here', pepper))
})

test('the right password and pepper open the pair', async () => {
  expect(pairOf(await unlockUser('four plain words here', pepper, user.sealed))).toEqual(pairOf(user))
})

test('a wrong password, another pepper and nobody get the same answer', async () => {
  expect(await unlockUser('four plain words her', pepper, user.sealed)).toBeNull()
  expect(await unlockUser('four plain words here', newKey(), user.sealed)).toBeNull()
  expect(await unlockUser('four plain words here', pepper, null)).toBeNull()
})

test('a swapped public key or salt opens nothing', async () => {
  const swapped = { ...user.sealed, publicKey: newKey() }
  expect(await unlockUser('four plain words here', pepper, swapped)).toBeNull()
  expect(unlockByRecovery(user.recoveryCode, swapped)).toBeNull()
  const salted = { ...user.sealed, salt: new Uint8Array(16) }
  expect(await unlockUser('four plain words here', pepper, salted)).toBeNull()
})

test('the recovery code opens without the pepper; another code does not', () => {
  const typed = user.recoveryCode.toLowerCase().replaceAll('-', ' ')
  expect(pairOf(unlockByRecovery(typed, user.sealed))).toEqual(pairOf(user))
  expect(unlockByRecovery('0000-0000-0000-0000-0000-0000-000', user.sealed)).toBeNull()
  expect(unlockByRecovery('not a code', user.sealed)).toBeNull()
})

test('sealing again ends the old password and the old code', async () => {
  const again = present(await resealUser(user, 'another password', pepper, 'links'))
  expect(pairOf(await unlockUser('another password', pepper, again.sealed))).toEqual(pairOf(user))
  expect(await unlockUser('four plain words here', pepper, again.sealed)).toBeNull()
  expect(unlockByRecovery(user.recoveryCode, again.sealed)).toBeNull()
  expect(pairOf(unlockByRecovery(again.recoveryCode, again.sealed))).toEqual(pairOf(user))
})

test('changing a password keeps the recovery code', async () => {
  const sealed = present(await changePassword(user, 'another password', pepper, user.sealed))
  expect(pairOf(await unlockUser('another password', pepper, sealed))).toEqual(pairOf(user))
  expect(pairOf(unlockByRecovery(user.recoveryCode, sealed))).toEqual(pairOf(user))
  expect(sameBytes(sealed.salt, user.sealed.salt)).toBe(false)
})

function present<T extends object>(value: T | Busy): T {
  if ('refused' in value) throw new Error('busy')
  return value
}

function pairOf(value: BoxPair | NewUser | Busy | null): { publicKey: Bytes; secretKey: Bytes } {
  if (value === null || 'refused' in value) throw new Error('not opened')
  return { publicKey: Uint8Array.from(value.publicKey), secretKey: Uint8Array.from(value.secretKey) }
}
