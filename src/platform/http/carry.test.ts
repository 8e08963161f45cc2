import { beforeAll, expect, test } from 'vitest'

import { cryptoReady, newCookie } from '#platform/crypto'

import { openForm, sealForm } from './carry.ts'

beforeAll(cryptoReady)

const form = {
  path: '/people/7/notes',
  fields: [
    ['note', 'A long talk.\nTwo lines.'],
    ['needs', 'home'],
    ['needs', 'money'],
  ],
} as const

test('a form comes back whole to the same browser and the same user', () => {
  const whose = { cookie: newCookie(), userId: '0198-a' }
  const sealed = sealForm(whose, form)
  expect(sealed).toMatch(/^[\w-]+$/)
  expect(sealed).not.toContain('talk')
  expect(openForm(whose, sealed ?? '')).toEqual(form)
})

test('nobody else opens it, nor a changed one', () => {
  const whose = { cookie: newCookie(), userId: '0198-a' }
  const sealed = sealForm(whose, form) ?? ''
  expect(openForm({ ...whose, userId: '0198-b' }, sealed)).toBeNull()
  expect(openForm({ ...whose, cookie: newCookie() }, sealed)).toBeNull()
  expect(openForm(whose, `${sealed.slice(0, -2)}AA`)).toBeNull()
  expect(openForm(whose, '')).toBeNull()
  expect(openForm(whose, '§')).toBeNull()
})

test('passwords stay behind, and so does what is too large', () => {
  const whose = { cookie: newCookie(), userId: '0198-a' }
  const sealed = sealForm(whose, {
    path: '/me',
    fields: [
      ['new-password', 'x'],
      ['name', 'Sam'],
    ],
  })
  expect(openForm(whose, sealed ?? '')?.fields).toEqual([['name', 'Sam']])
  expect(sealForm(whose, { path: '/me', fields: [['note', 'é'.repeat(200_000)]] })).toBeNull()
})
