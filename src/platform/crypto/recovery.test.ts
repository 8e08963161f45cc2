import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { cryptoReady, sameBytes } from './bytes.ts'
import { newRecoveryCode, recoveryKey } from './recovery.ts'

beforeAll(cryptoReady)

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const runs = { seed: 20_260_804, numRuns: 200 }

test('a printed code gives its key back, however it is typed', () => {
  for (let round = 0; round < 200; round += 1) {
    const { code, key } = newRecoveryCode()
    expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{3}$/)
    const spellings = [
      code,
      code.toLowerCase(),
      code.replaceAll('-', ' '),
      ` ${code.replaceAll('-', '')} `,
      code.replaceAll('0', 'o').replaceAll('1', 'l'),
      code.replaceAll('0', 'O').replaceAll('1', 'I'),
    ]
    for (const typed of spellings) expect(sameBytes(recoveryKey(typed) ?? new Uint8Array(0), key)).toBe(true)
  }
})

test('one wrong character or two swapped ones are always noticed', () => {
  const letters = newRecoveryCode().code.replaceAll('-', '')
  fc.assert(
    fc.property(
      fc.nat({ max: 26 }),
      fc.nat({ max: 26 }),
      fc.constantFrom(...ALPHABET.split('')),
      (at, other, letter) => {
        const wrong = letters.split('')
        wrong[at] = letter
        if (letter !== letters[at]) expect(recoveryKey(wrong.join(''))).toBeNull()
        const swapped = letters.split('')
        swapped[at] = letters.charAt(other)
        swapped[other] = letters.charAt(at)
        if (letters[at] !== letters[other]) expect(recoveryKey(swapped.join(''))).toBeNull()
      },
    ),
    { ...runs, numRuns: 1000 },
  )
})

test('what is no code gives no key', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
      fc.pre(text.length !== 27)
      const key = recoveryKey(text)
      expect(key === null || key.length === 32).toBe(true)
    }),
    runs,
  )
  const { code } = newRecoveryCode()
  for (const bad of ['', code.slice(0, -1), `${code}0`, code.replace(/./, 'U'), code.replace(/./, '!')]) {
    expect(recoveryKey(bad)).toBeNull()
  }
})

test('codes and keys differ from one to the next', () => {
  const codes = Array.from({ length: 100 }, () => newRecoveryCode())
  expect(new Set(codes.map(({ code }) => code)).size).toBe(100)
  expect(new Set(codes.map(({ key }) => Buffer.from(key).toString('hex'))).size).toBe(100)
})
