import { beforeAll, expect, test } from 'vitest'
import { cryptoReady, fromText, sameBytes } from './bytes.ts'
import { sha256 } from './digests.ts'
import { formKey, newCookie, sessionId, sessionKey, sessionRow } from './sessions.ts'

beforeAll(cryptoReady)

test('a cookie is 256 bits and no two are alike', () => {
  const cookies = Array.from({ length: 100 }, newCookie)
  for (const cookie of cookies) expect(fromText(cookie)).toHaveLength(32)
  expect(new Set(cookies).size).toBe(100)
})

test('id, key, form key and row of one cookie have nothing in common', () => {
  const cookie = newCookie()
  const four = [sessionId(cookie), sessionKey(cookie), formKey(cookie), sessionRow(sessionId(cookie))]
  expect(new Set(four.map((bytes) => Buffer.from(bytes).toString('hex'))).size).toBe(4)
  for (const bytes of four) expect(bytes).toHaveLength(32)
  expect(sameBytes(sessionId(cookie), sessionId(cookie))).toBe(true)
  expect(sameBytes(sessionRow(sessionId(cookie)), sha256(sessionId(cookie)))).toBe(true)
})

test('any text as a cookie only leads to another session', () => {
  for (const odd of ['', 'x', '💥', 'A'.repeat(5000)]) expect(sessionId(odd)).toHaveLength(32)
})
