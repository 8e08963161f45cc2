import { Hono } from 'hono'
import { expect, test } from 'vitest'

import { type AppEnv, httpWords, onFault, securityHeaders, wording } from '#platform/http'
import { createWords } from '#platform/i18n'

import { shippedHelpLines } from './help-line.ts'
import type { OpenPages } from './open-pages.ts'
import { ownerFrom } from './owner.ts'
import { openPaths } from './paths.ts'
import { problemPage } from './problem.view.tsx'
import { openRoutes, words } from './routes.ts'

const pages: OpenPages = {
  owner: ownerFrom({ OWNER_NAME: 'Northmere Partnership', OWNER_CONTACT: 'Ring 01632 960100\\nor write' }),
  helpLines: shippedHelpLines.uk.map((line, at) => (at === 0 ? { ...line, checkedOn: '2026-11-01' } : line)),
  findPath: '/services',
  signInPath: '/sign-in',
  today: () => Temporal.PlainDate.from('2026-11-22'),
}

function appWith(pack: 'uk' | 'us', given: OpenPages = pages): Hono<AppEnv> {
  const config = { publicUrl: 'http://127.0.0.1:3000', allowedHosts: [], secure: false, loopback: true, pack }
  const app = new Hono<AppEnv>()
  app.use(securityHeaders(config))
  app.use(wording({ config, wordsFor: createWords([httpWords, words]), problemPage }))
  for (const routes of openRoutes(given)) app.route('/', routes)
  app.get('/broken', () => {
    throw new Error('a fault')
  })
  app.onError(onFault)
  return app
}

const everything = [...Object.values(openPaths), '/broken']

test.each(['uk', 'us'] as const)(
  'every open page in the %s pack is calm, leaves a way out and asks nobody else',
  async (pack) => {
    const app = appWith(pack)
    for (const path of everything) {
      const answer = await app.request(path)
      const html = await answer.text()
      expect(html).toContain('<title>Information</title>')
      expect(html.match(/<h1/g)).toHaveLength(1)
      const exit = html.indexOf('/leave')
      expect(exit).toBeGreaterThan(0)
      expect(exit).toBeLessThan(html.indexOf('<main'))
      expect(html).not.toMatch(/(?:src|href|action)="(?:https?:)?\/\//)
      expect(html).not.toMatch(/<script(?![^>]*src="\/)|\sstyle="|\son[a-z]+="/)
      expect(html.toLowerCase()).not.toContain('anydoor')
      expect(answer.headers.get('set-cookie')).toBeNull()
      expect(answer.headers.get('cache-control')).toBe('no-store')
    }
  },
)

test('the first page leads to help, to services, to sign-in, and shows what the demo adds', async () => {
  const html = await (await appWith('uk').request('/')).text()
  for (const path of [openPaths.help, '/services', '/sign-in', openPaths.privacy, openPaths.complaints]) {
    expect(html).toContain(`href="${path}"`)
  }
  expect(html).not.toContain('Look round as')
  const demo = appWith('uk', { ...pages, lookRound: () => <p>Look round as</p> })
  expect(await (await demo.request('/')).text()).toContain('Look round as')
})

test('each line says when it was checked, or that it was not', async () => {
  const html = await (await appWith('uk').request(openPaths.help)).text()
  expect(html).toContain('We checked this on 1 November 2026.')
  expect(html).toContain('We have not checked this one yet.')
  expect(html).toContain('href="tel:08082000247"')
  const later = { ...pages, today: () => Temporal.PlainDate.from('2027-03-01') }
  expect(await (await appWith('uk', later).request(openPaths.help)).text()).toContain('It may have changed.')
  const none = { ...pages, helpLines: [] }
  expect(await (await appWith('us', none).request(openPaths.help)).text()).toContain('Call 911')
})

test('the owner is named; an owner nobody named is admitted', async () => {
  const named = await (await appWith('uk').request(openPaths.privacy)).text()
  expect(named).toContain('Northmere Partnership runs this site')
  expect(named).toContain('Ring 01632 960100<br/>or write')
  const unnamed = appWith('uk', { ...pages, owner: ownerFrom({ BACKUP_DAYS: 'soon' }) })
  const privacy = await (await unnamed.request(openPaths.privacy)).text()
  expect(privacy).toContain('does not say yet who runs it')
  expect(privacy).toContain('after 30 days')
  expect(privacy).toContain('Ask the agency that you talk to')
})
