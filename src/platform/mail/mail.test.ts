import { expect, test } from 'vitest'

import { outboxCarrier, smtpCarrier } from './carriers.ts'
import { type Letterhead, writeLetter } from './letter.ts'
import { mailServer } from './mail-server.fixture.ts'
import { type Letter, mailTemplates } from './mail.ts'
import { sendMail } from './send.ts'
import { mailWords } from './words.ts'

const head: Letterhead = {
  say(key, vars = {}) {
    let found: unknown = mailWords.uk
    for (const part of key.split('.')) found = (found as Record<string, unknown>)[part]
    return String(found).replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => vars[name] ?? '')
  },
  from: 'office@example.org',
  publicUrl: 'https://door.example.org',
}
const order = { to: 'robin@example.org', template: 'something-waits' } as const

test('every mail has the same neutral sender and subject and tells nothing', () => {
  for (const template of mailTemplates) {
    const letter = writeLetter({ ...order, template }, head)
    expect(letter).toMatchObject({ fromName: 'Office', subject: 'A message for you' })
    expect(JSON.stringify(letter)).not.toMatch(
      /abuse|violence|refuge|shelter|case|referral|anydoor|client|victim/i,
    )
    expect(JSON.stringify(letter)).not.toMatch(/<[a-z]/i)
  }
})

test('a link leads into this installation or the mail is not written', () => {
  const link = 'https://door.example.org/i/abc'
  const letter = writeLetter({ ...order, template: 'invitation-link', link }, head) as Letter
  expect(letter.text).toContain(link)
  for (const strange of [
    'https://evil.example/i',
    'javascript:alert(1)',
    '/i/abc',
    'https://door.example.org/ x',
  ]) {
    expect(writeLetter({ ...order, link: strange }, head)).toEqual({ refused: 'link' })
  }
})

test('one address is one address', () => {
  for (const to of [
    'a@example.org, b@example.org',
    'a@example.org\r\nBcc: b@example.org',
    '"a" <a@example.org>',
    'a',
    '',
    'a@b',
    'a b@example.org',
  ]) {
    expect(writeLetter({ ...order, to }, head)).toEqual({ refused: 'address' })
  }
})

test('the outbox takes what would have left', async () => {
  const kept: Letter[] = []
  const send = sendMail(head, outboxCarrier({ put: async (letter) => void kept.push(letter) }))
  expect(await send(order)).toEqual({ sent: true })
  expect(kept).toHaveLength(1)
  expect(kept[0]?.to).toBe('robin@example.org')
})

test('a letter by SMTP is plain text and names neither this machine nor the program', async () => {
  const server = await mailServer()
  const carrier = smtpCarrier(server.url)
  expect(await sendMail(head, carrier)(order)).toEqual({ sent: true })
  expect(server.heard()).toContain('From: Office <office@example.org>')
  expect(server.heard()).toContain('Content-Type: text/plain; charset=utf-8')
  expect(server.heard()).toContain('Auto-Submitted: auto-generated')
  expect(server.heard()).not.toMatch(/x-mailer|nodemailer|text\/html|anydoor/i)
  carrier.close()
  server.close()
})

test('a server that says no, or is not there, is told by code', async () => {
  const server = await mailServer({ refuse: true })
  const carrier = smtpCarrier(server.url)
  expect(await sendMail(head, carrier)(order)).toEqual({ refused: 'not-accepted' })
  carrier.close()
  server.close()
  expect(await sendMail(head, smtpCarrier('smtp://127.0.0.1:1'))(order)).toEqual({ refused: 'unreachable' })
})
