import { expect, test } from 'vitest'

import { LawPack } from './law-pack.ts'
import { lawPackOf } from './law-packs.ts'
import { privilegeOf } from './privilege.rules.ts'

const washington = lawPackOf('us', 'us-wa')

function saying(value: unknown) {
  const field = washington?.fields['advocate-privilege']
  return LawPack.parse({
    ...washington,
    fields: { ...washington?.fields, 'advocate-privilege': { ...field, value } },
  })
}

test('the class of privilege: what was not read is not counted on, police and child welfare lose it', () => {
  const plain = {
    protects: true,
    notSupervisedBy: [],
    trainingHours: 0,
    certified: false,
    ownSupervisor: false,
  }
  expect(privilegeOf(washington, 'DVA')).toEqual({ class: 'on-conditions', row: 'us-wa:advocate-privilege' })
  expect(privilegeOf(washington, 'CW').class).toBe('lost')
  expect(privilegeOf(washington, 'POL').class).toBe('lost')
  expect(privilegeOf(washington, 'MHC').class).toBe('lost')
  expect(privilegeOf(saying(plain), 'DVA').class).toBe('protected')
  for (const condition of [
    { trainingHours: 40 },
    { certified: true },
    { ownSupervisor: true },
    { notSupervisedBy: ['POL'] },
  ])
    expect(privilegeOf(saying({ ...plain, ...condition }), 'DVA').class).toBe('on-conditions')
  expect(privilegeOf(saying({ ...plain, notSupervisedBy: ['DVA'] }), 'DVA').class).toBe('lost')
  expect(privilegeOf(saying({ ...plain, protects: false }), 'DVA').class).toBe('not-counted')
  expect(privilegeOf(saying(null), 'DVA').class).toBe('not-counted')
  expect(privilegeOf(null, 'DVA')).toEqual({ class: 'not-counted', row: 'no-pack:advocate-privilege' })
})
