import { describe, expect, test } from 'vitest'
import { feedAddress, mayFollow } from './feed-address.rules.ts'
import { isOpenAddress } from '#platform/reach'

const open = { loopback: false }
const own = { loopback: true }

describe('addresses of machines', () => {
  test.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '198.18.0.1',
    '192.0.2.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '[::1]',
    'fe80::1',
    'fc00::1',
    'fd12:3456::1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2001:db8::1',
    '2001::1',
    'ff02::1',
    'not an address',
    '',
  ])('%s is closed', (address) => expect(isOpenAddress(address)).toBe(false))

  test.each(['93.184.216.34', '172.32.0.1', '11.0.0.1', '2606:2800:220:1::1', '2a00:1450::1'])(
    '%s is open',
    (address) => expect(isOpenAddress(address)).toBe(true),
  )
})

describe('what an editor types', () => {
  test.each([
    ['https://feed.example.org/services', null],
    ['https://feed.example.org/o/api/services?page=1&per_page=50', null],
    ['https://feed.example.org/0b5d7f1e-1f0a-4c9b-9d70-8a2a6d7c1e11/services.json', null],
    ['  https://feed.example.org/services#part ', null],
    ['feed.example.org', 'no-address'],
    ['javascript:alert(1)', 'no-address'],
    ['http://feed.example.org/services', 'not-https'],
    ['ftp://feed.example.org/services', 'not-https'],
    ['file:///etc/passwd', 'no-address'],
    ['http://127.0.0.1:3000/services', 'not-https'],
    ['https://127.0.0.1/services', 'inside'],
    ['https://2130706433/services', 'inside'],
    ['https://0x7f.1/services', 'inside'],
    ['https://127.1/services', 'inside'],
    ['https://[::1]/services', 'inside'],
    ['https://[::ffff:a00:1]/services', 'inside'],
    ['https://169.254.169.254/latest/meta-data', 'inside'],
    ['https://localhost/services', 'inside'],
    ['https://intranet/services', 'inside'],
    ['https://db.internal/services', 'inside'],
    ['https://printer.local./services', 'inside'],
    ['https://feed.example.org:8443/services', 'port'],
    ['https://user:pass@feed.example.org/services', 'secret'],
    ['https://feed.example.org/services?api_key=1234', 'secret'],
    ['https://feed.example.org/services?x=8f3a9b2c7d1e4f605a9b8c7d6e5f4a3b', 'secret'],
    ['https://feed.example.org/8f3a9b2c7d1e4f605a9b8c7d6e5f4a3b/services', 'secret'],
    [`https://feed.example.org/${'a/'.repeat(600)}`, 'too-long'],
  ])('%s', (typed, refused) => {
    const read = feedAddress(typed, open)
    expect(read.ok ? null : read.refused).toBe(refused)
  })

  test('this machine only where the installation allows it', () => {
    expect(feedAddress('http://127.0.0.1:4000/services', own).ok).toBe(true)
    expect(feedAddress('http://10.0.0.1:4000/services', own).ok).toBe(false)
  })
})

describe('where a feed sends us', () => {
  const from = new URL('https://feed.example.org/services')
  test.each([
    ['/v3/services', 'https://feed.example.org/v3/services'],
    ['https://feed.example.org/v3', 'https://feed.example.org/v3'],
    ['http://feed.example.org/v3', null],
    ['https://www.feed.example.org/v3', null],
    ['https://feed.example.org:8443/v3', null],
    ['https://10.0.0.1/', null],
    ['//evil.example.org/', null],
    ['https://feed.example.org/v3?token=1', null],
    ['', 'https://feed.example.org/services'],
  ])('%s', (to, expected) => expect(mayFollow(from, to, open)?.href ?? null).toBe(expected))
})
