import { expect, test } from 'vitest'

import { cloudEventOf } from './cloud-event.rules.ts'
import { type EventType, eventTypes } from './event.ts'
import { receiverAddress } from './receiver-address.rules.ts'
import { waitAfter } from './retry.rules.ts'
import { newSecret, signedHeaders } from './signature.ts'

const party = '019a0000-0000-7000-8000-000000000001'
const threadId = '019a0000-0000-7000-8000-000000000002'
const id = '019a0000-0000-7000-8000-000000000003'
const at = new Date('2026-11-28T09:41:37.123Z')

test('an event is its id, where it comes from, what happened and where the referral stands, to the minute', () => {
  expect(cloudEventOf(party, { id, type: 'updated', threadId, state: 'waiting', at })).toEqual({
    specversion: '1.0',
    id,
    source: `/agencies/${party}`,
    type: 'org.anydoor.referral.updated.v1',
    subject: `referral/${threadId}`,
    time: '2026-11-28T09:41:00Z',
    datacontenttype: 'application/json',
    data: { id: threadId, state: 'waiting' },
  })
  const { type, subject, data } = cloudEventOf(party, { id, type: 'test', threadId: null, state: null, at })
  expect({ type, subject, data }).toEqual({ type: 'org.anydoor.test.v1', subject: undefined, data: {} })
})

test('no name of a type says what a referral is about, and every name is one that CloudEvents takes', () => {
  const named = (type: EventType) =>
    cloudEventOf(party, { id, type, threadId: type === 'test' ? null : threadId, state: 'sent', at }).type
  for (const type of eventTypes) {
    expect(named(type)).toMatch(/^org\.anydoor\.(referral\.)?[a-z]+\.v1$/)
    expect(named(type)).not.toMatch(/abuse|violence|harm|survivor|victim|safe/)
  }
  expect(new Set(eventTypes.map(named)).size).toBe(eventTypes.length)
})

test('the signature is that of Standard Webhooks, one for each secret that holds', () => {
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
  const second = new Date(1_614_265_330_000)
  const message = 'msg_p5jXN8AQM9LWM0D4loKWxJek'
  const body = '{"test": 2432232314}'
  expect(signedHeaders(message, second, body, [secret])).toEqual({
    'webhook-id': message,
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  })
  const two = signedHeaders(message, second, body, [newSecret(), secret])['webhook-signature'].split(' ')
  expect(two).toHaveLength(2)
  expect(two[1]).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
  expect(Buffer.from(newSecret().slice('whsec_'.length), 'base64')).toHaveLength(32)
})

test('tries go on a little over five days, further and further apart, and longer where the receiver asks', () => {
  const all = Array.from({ length: 11 }, (_, n) => waitAfter(n + 1) ?? 0)
  const days = all.reduce((sum, wait) => sum + wait, 0) / 86_400
  expect(days).toBeGreaterThan(5)
  expect(days).toBeLessThan(6)
  expect(all).toEqual([...all].sort((a, b) => a - b))
  expect(waitAfter(12)).toBe(null)
  expect(waitAfter(1, 7200)).toBe(7200)
  expect(waitAfter(1, 10_000_000)).toBe(86_400)
  expect(waitAfter(9, 60)).toBe(86_400)
})

test.each([
  ['https://records.example.org/events', 'ok'],
  ['https://RECORDS.example.org/events/', 'ok'],
  ['https://records.example.org/events?to=us', 'secret'],
  ['https://us:pass@records.example.org/events', 'secret'],
  ['https://records.example.org:8443/events', 'port'],
  ['http://records.example.org/events', 'not-https'],
  ['https://other.example.org/events', 'host-not-listed'],
  ['https://records.example.org.evil.example/events', 'host-not-listed'],
  ['https://10.0.0.7/events', 'inside'],
  ['https://[::1]/events', 'inside'],
  ['https://169.254.169.254/latest', 'inside'],
  ['http://127.0.0.1:3000/events', 'not-https'],
  ['records.example.org', 'no-address'],
])('events may go to %s: %s', (address, answer) => {
  const allowed = { hosts: ['records.example.org', '127.0.0.1'], reach: { loopback: false } }
  const read = receiverAddress(address, allowed)
  expect(read.ok ? 'ok' : read.refused).toBe(answer)
})
