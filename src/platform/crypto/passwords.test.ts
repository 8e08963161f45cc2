import { argon2 } from 'node:crypto'
import { promisify } from 'node:util'
import { beforeAll, expect, test } from 'vitest'
import { argonCosts, currentCost } from './argon.ts'
import { cryptoReady, newKey, randomBytes, sameBytes } from './bytes.ts'
import { passwordKey, WAITING_LIMIT } from './passwords.ts'
import { type Busy, oneAtATime, type Queue } from './queues.ts'

beforeAll(cryptoReady)

test('Argon2id gives the vector of RFC 9106, section 5.3', async () => {
  const tag = await promisify(argon2)('argon2id', {
    message: new Uint8Array(32).fill(1),
    nonce: new Uint8Array(16).fill(2),
    secret: new Uint8Array(8).fill(3),
    associatedData: new Uint8Array(12).fill(4),
    parallelism: 4,
    tagLength: 32,
    memory: 32,
    passes: 3,
  })
  expect(tag.toString('hex')).toBe('0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659')
})

test('new passwords cost 64 MiB and three passes, and fifty may wait', () => {
  expect(WAITING_LIMIT).toBe(50)
  expect(argonCosts.get(currentCost)).toEqual({ memoryKibibytes: 65_536, passes: 3 })
})

test('password, salt and pepper each change the key; ways to type the same letter do not', async () => {
  const salt = randomBytes(16)
  const pepper = newKey()
  const key = await keyOf('caf\u00e9 au lait', salt, pepper)
  expect(sameBytes(key, await keyOf('cafe\u0301 au lait', salt, pepper))).toBe(true)
  expect(sameBytes(key, await keyOf('cafe au lait', salt, pepper))).toBe(false)
  expect(sameBytes(key, await keyOf('caf\u00e9 au lait', randomBytes(16), pepper))).toBe(false)
  expect(sameBytes(key, await keyOf('caf\u00e9 au lait', salt, newKey()))).toBe(false)
})

test('an unknown cost is a fault', async () => {
  const parts = { password: 'x', salt: randomBytes(16), pepper: newKey(), cost: 99 }
  await expect(passwordKey('staff', parts)).rejects.toThrow(RangeError)
})

test('work runs one at a time and the queues take turns', async () => {
  const inTurn = oneAtATime(50)
  const order: string[] = []
  let running = 0
  const work = (name: string) => async () => {
    running += 1
    expect(running).toBe(1)
    await new Promise((done) => setTimeout(done, 1))
    order.push(name)
    running -= 1
  }
  const links = [1, 2, 3, 4].map((n) => inTurn('links', work(`link ${n}`)))
  const staff = [1, 2].map((n) => inTurn('staff', work(`staff ${n}`)))
  await Promise.all([...links, ...staff])
  expect(order).toEqual(['link 1', 'staff 1', 'link 2', 'staff 2', 'link 3', 'link 4'])
})

test('a full queue answers busy and leaves the other one open', async () => {
  const inTurn = oneAtATime(2)
  const started: (() => void)[] = []
  const ask = (queue: Queue): Promise<string | Busy> =>
    inTurn(queue, () => new Promise<string>((done) => started.push(() => done('done'))))
  const first = ask('links')
  const waiting = [ask('links'), ask('links')]
  expect(await ask('links')).toEqual({ refused: 'busy' })
  const staff = ask('staff')
  while (started.length > 0) {
    started.shift()?.()
    await new Promise((done) => setTimeout(done, 0))
  }
  expect(await Promise.all([first, ...waiting, staff])).toEqual(['done', 'done', 'done', 'done'])
})

test('failed work lets the next one in', async () => {
  const inTurn = oneAtATime(2)
  const failing = inTurn('staff', () => Promise.reject(new Error('no')))
  const after = inTurn('links', () => Promise.resolve('in'))
  await expect(failing).rejects.toThrow('no')
  expect(await after).toBe('in')
  expect(await inTurn('staff', () => Promise.resolve('again'))).toBe('again')
})

async function keyOf(password: string, salt: Uint8Array, pepper: Uint8Array): Promise<Uint8Array> {
  const key = await passwordKey('staff', { password, salt, pepper })
  if ('refused' in key) throw new Error('busy')
  return key
}
