import { expect, test } from 'vitest'

import { localPath } from './local-path.ts'
import { loadOnceMore } from './once-more.ts'
import { ask, smallApp } from './small-app.fixture.ts'

const app = smallApp()
app.get('*', (c) => loadOnceMore(c) ?? c.text('the page'))

const fromMail = { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'document' }

test('a link from elsewhere loads once more, then the address is tidied, and never a third time', async () => {
  const first = await ask(app, '/work/7?view=all', { headers: fromMail })
  const target = /url=([^"]+)"/.exec(await first.text())?.[1]
  expect(target).toBe('?view=all&amp;again')

  const second = await ask(app, '/work/7?view=all&again')
  expect(second.status).toBe(303)
  expect(second.headers.get('location')).toBe('/work/7?view=all')

  const third = await ask(app, '/work/7?view=all')
  expect(await third.text()).toBe('the page')
})

test('a browser that still calls it foreign gets the page, not a loop', async () => {
  const answer = await ask(app, '/work/7?again', { headers: fromMail })
  expect(await answer.text()).toBe('the page')
})

test('our own links, typed addresses, old browsers and pictures are left alone', async () => {
  for (const headers of [
    {},
    { 'sec-fetch-site': 'none', 'sec-fetch-dest': 'document' },
    { 'sec-fetch-site': '-' },
    { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'image' },
  ]) {
    expect(await (await ask(app, '/work/7', { headers })).text()).toBe('the page')
  }
})

test('no address leads to another site or into the page', async () => {
  const sly = await ask(app, '//evil.example/x?again')
  expect(sly.headers.get('location')).toBe('/evil.example/x')
  const quoted = await (await ask(app, '/x?a="><b>', { headers: fromMail })).text()
  expect(quoted).not.toContain('<b>')
})

test('a local path is one that cannot leave', () => {
  for (const good of ['/', '/work', '/work/7?a=b&c=d#e']) expect(localPath(good)).toBe(good)
  for (const bad of [
    '',
    'work',
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    '/a\nb',
    '/a b',
    '/a\\b',
  ]) {
    expect(localPath(bad)).toBeNull()
  }
  expect(localPath(undefined)).toBeNull()
  expect(localPath(`/${'a'.repeat(2000)}`)).toBeNull()
})
