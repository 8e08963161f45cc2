import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { Config } from './config.ts'
import { readConfig } from './read-config.ts'

test('an empty environment gives a loopback installation', () => {
  expect(readConfig({}, '/srv/anydoor')).toEqual({
    port: 3000,
    host: '127.0.0.1',
    publicUrl: 'http://127.0.0.1:3000',
    dataDir: '/srv/anydoor/data',
    keysDir: '/srv/anydoor/keys',
    databaseUrl: null,
    loginUrls: { web: null, public: null, jobs: null, sealer: null },
    mail: null,
    pack: 'uk',
    demo: null,
    loopback: true,
    secure: false,
    eventHosts: [],
    allowedHosts: ['127.0.0.1:3000', 'localhost:3000', '[::1]:3000'],
  })
})

test('everything can be set', () => {
  const config = accepted({
    PORT: '8080',
    HOST: '0.0.0.0',
    PUBLIC_URL: 'https://anydoor.example.org/',
    DATA_DIR: '/var/lib/anydoor/data',
    KEYS_DIR: '/etc/anydoor/keys',
    DATABASE_URL: 'postgres://owner:secret@db.example.org/anydoor',
    JOBS_DATABASE_URL: 'postgresql://jobs:secret@db.example.org/anydoor',
    SMTP_URL: 'smtps://user:secret@mail.example.org',
    MAIL_FROM: 'Office <office@example.org>',
    EVENT_HOSTS: ' records.example.org, Cases.example.net',
    ANYDOOR_PACK: 'us',
    ANYDOOR_DEMO: '0',
  })
  expect(config).toMatchObject({
    port: 8080,
    publicUrl: 'https://anydoor.example.org',
    keysDir: '/etc/anydoor/keys',
    loginUrls: { jobs: 'postgresql://jobs:secret@db.example.org/anydoor', web: null },
    mail: { smtpUrl: 'smtps://user:secret@mail.example.org', from: 'Office <office@example.org>' },
    pack: 'us',
    demo: false,
    loopback: false,
    secure: true,
    eventHosts: ['records.example.org', 'cases.example.net'],
    allowedHosts: ['anydoor.example.org'],
  })
})

test('keys lie beside the data wherever the data goes, and an empty variable counts as unset', () => {
  expect(accepted({ DATA_DIR: '/mnt/disk/data', PORT: '', SMTP_URL: ' ' })).toMatchObject({
    keysDir: '/mnt/disk/keys',
    port: 3000,
    mail: null,
  })
})

test.each([
  ['0.0.0.0', undefined],
  ['192.0.2.7', undefined],
  ['::', undefined],
  ['anydoor.example.org', 'http://anydoor.example.org'],
  ['127.0.0.1', 'http://anydoor.example.org'],
])('host %s with public address %s refuses to start', (HOST, PUBLIC_URL) => {
  expect(readConfig({ HOST, PUBLIC_URL }, '/srv')).toMatchObject({
    refused: 'configuration',
    message: expect.stringContaining('https'),
  })
})

test.each(['127.0.0.1', '127.8.0.1', 'localhost', '::1'])('host %s is this machine', (HOST) => {
  expect(accepted({ HOST })).toMatchObject({ loopback: true, secure: false })
})

test('a proxy in front means that this is no longer only this machine', () => {
  expect(accepted({ PUBLIC_URL: 'https://anydoor.example.org' })).toMatchObject({
    loopback: false,
    secure: true,
  })
})

test.each([
  [{ PORT: 'http' }, 'PORT must be a whole number from 0 to 65535.'],
  [{ PORT: '70000' }, 'PORT must be a whole number from 0 to 65535.'],
  [
    { PUBLIC_URL: 'anydoor.example.org' },
    'PUBLIC_URL must be an address without a path, such as https://anydoor.example.org.',
  ],
  [
    { PUBLIC_URL: 'https://example.org/anydoor' },
    'PUBLIC_URL must be an address without a path, such as https://anydoor.example.org.',
  ],
  [
    { DATABASE_URL: 'mysql://db' },
    'DATABASE_URL must start with postgres://, such as postgres://owner:password@db.example.org/anydoor.',
  ],
  [{ ANYDOOR_PACK: 'fr' }, 'ANYDOOR_PACK must be uk or us.'],
  [{ ANYDOOR_DEMO: 'maybe' }, 'ANYDOOR_DEMO must be 1 or 0.'],
  [{ STALE_DAYS: '29' }, 'STALE_DAYS must be a whole number from 30 to 365.'],
  [{ PAPER_MIB: '0' }, 'PAPER_MIB must be a whole number from 1 to 100.'],
  [
    { EVENT_HOSTS: 'https://records.example.org' },
    'EVENT_HOSTS must be host names with commas between, such as records.example.org, cases.example.net.',
  ],
  [{ PAPER_MIB: 'big' }, 'PAPER_MIB must be a whole number from 1 to 100.'],
  [{ STALE_DAYS: 'never' }, 'STALE_DAYS must be a whole number from 30 to 365.'],
  [
    { MAIL_FROM: 'office', SMTP_URL: 'smtp://m' },
    'MAIL_FROM must be a mail address, such as office@example.org.',
  ],
  [
    { SMTP_URL: 'smtp://mail.example.org' },
    'SMTP_URL is set, but MAIL_FROM is not: set it to the address that mail comes from.',
  ],
])('%o is one clear sentence', (env, message) => {
  expect(readConfig(env, '/srv')).toEqual({ refused: 'configuration', message })
})

test('several mistakes are told together, one a line', () => {
  const answer = readConfig({ PORT: 'x', ANYDOOR_PACK: 'fr' }, '/srv')
  expect('refused' in answer && answer.message.split('\n')).toHaveLength(2)
})

test.each(['/srv/data', '/srv/data/keys'])(
  'keys at %s are refused, since a copy of the data would carry them',
  (KEYS_DIR) => {
    expect(readConfig({ DATA_DIR: '/srv/data', KEYS_DIR }, '/srv')).toMatchObject({
      message: expect.stringContaining('inside DATA_DIR'),
    })
  },
)

test('a link does not hide that the keys lie inside the data', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'anydoor-config-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  mkdirSync(path.join(folder, 'data'))
  symlinkSync(path.join(folder, 'data'), path.join(folder, 'elsewhere'))
  expect(readConfig({ KEYS_DIR: 'elsewhere/keys' }, folder)).toMatchObject({ refused: 'configuration' })
  expect(readConfig({ KEYS_DIR: 'data-keys' }, folder)).toMatchObject({ loopback: true })
})

function accepted(env: Record<string, string>): Config {
  const config = readConfig(env, '/srv')
  if ('refused' in config) throw new Error(config.message)
  return config
}
