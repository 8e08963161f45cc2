import { join } from 'node:path'

import { sql } from 'kysely'
import { expect, test } from 'vitest'

import { findings } from './findings.ts'
import type { JourneyWorld } from './journey-world.ts'
import { lookRoundAs } from './sign-in.ts'
import { type Walk, walkIn } from './walk.ts'

/** Everybody with a home of their own; null is a visitor. Whoever has cases with everything in them comes first. */
const lookers = [
  null,
  'amina',
  'marta',
  'tomasz',
  'delroy',
  'hannah',
  'pauline',
  'oleg',
  'helen',
  'yusuf',
  'lorna',
  'mei',
  'rosa',
  'ben',
]
const widths = [1280, 390, 320]
/** Answered by no page: files and papers to save, checks for machines, open data for programs, the page that leads away, one-time links that are used up. */
const noPages =
  /^\/(assets|council-list|robots\.txt|favicon|health|leave|api\/)|\/\.well-known\/|:token|\*|\/papers\/:paper$|\/referrals-flow\/file$/
/** Pages that no link leads to in a world where nothing is half done; the other journeys walk them. */
const walkedElsewhere = [
  '/referrals/:id/session',
  '/referrals/:id/session/:session',
  '/referrals/:id/reopen',
  '/referrals/:id/undo',
  '/cases/:id/decisions/:release',
  '/cases/:id/same-name',
  '/cases/:id/referrals/new/:release',
  '/cases/:id/referrals/new/:release/talk',
  '/cases/:id/releases/:release/turn',
  '/cases/:id/releases/:release/turn/done',
  '/cases/:id/releases/:release/apart',
  '/cases/:id/releases/:release/apart/code',
  '/cases/:id/releases/:release/spoken',
  '/cases/:id/releases/:release/renew',
  '/cases/:id/releases/:release/after',
  '/cases/:id/grounds/injury',
  '/go/:step',
  '/letter',
  '/letter/:answer',
  '/referrals/:id/link',
  '/cases/:id/referrals/office',
  '/cases/:id/referrals/new/:release/send',
  '/cases/:id/referrals/new/:release/as',
  '/cases/:id/referrals/new/:release/sent',
  '/referrals/:id/question',
  '/referrals/:id/acknowledged',
  '/referrals/:id/meanwhile',
  '/referrals/:id/decline',
  '/referrals/:id/not-me',
  '/cases/:id/referrals/ask',
  '/referrals/:id/answer',
  '/referrals/:id/accept',
  '/referrals/:id/wait',
  '/referrals/:id/take',
  '/referrals/:id/introduction',
  '/referrals/:id/introduction/agreed',
  '/referrals/:id/introduction/happened',
  '/referrals/:id/introduction/not-happened',
  '/referrals/:id/contact',
  '/cases/:id/helping/:line/off',
  '/referrals/:id/met',
  '/referrals/:id/end',
  '/referrals/:id/tries',
  '/referrals/:id/unreached',
  '/listing/held/:id',
  '/listing/pathways/:id/close',
  '/suggest/:id',
  '/cases/:id/alone/:part',
  '/cases/:id/releases/:release',
  '/cases/:id/releases/:release/withdraw',
  '/cases/:id/releases/:release/copy',
  '/cases/:id/shared/:envelope',
  '/erasures/:erasure',
  '/accountability/:thread/erase',
  '/cases/:id/family/who/:line',
  '/cases/:id/grounds/:ground',
  '/glass/:ground',
  '/cases/:id/grounds/:ground/told',
  '/cases/:id/grounds/:ground/order',
  '/cases/:id/grounds/:ground/facts',
  '/cases/:id/grounds/:ground/copy',
  '/cases/:id/diary/:entry/theirs',
  '/cases/:id/asks/file/:ask',
  '/cases/:id/asks/file/:ask/give',
  '/cases/:id/asks/correction/:ask',
  '/letters/:letter',
  '/caseload/:run',
  '/cases/:id/family/own/:card',
  '/language/rows/:row',
  '/language/own/:row',
  '/caseload/:run/columns',
  '/caseload/:run/lines',
  '/cases/:id/together/:step',
  '/cases/:id/together/:step/introduction',
  '/cases/:id/together/:step/session',
]

/** Every page of the app, at the width of a desk, of a telephone, and of the narrowest one. */
export function everyPage(world: () => JourneyWorld): void {
  const seen = new Set<string>()

  test.each(lookers)(
    'every page that %s comes to is clean, whole and translated',
    { timeout: 600_000 },
    async (who) => {
      const walk = who === null ? await walkIn(world()) : await lookRoundAs(world(), who)
      const templates = templatesOf(world())
      const ahead = [...startsOf(world(), who), ...(who === 'hannah' ? await openPlace(world()) : [])]
      for (let path = ahead.shift(); path !== undefined; path = ahead.shift()) {
        const template = templates.find((each) => each.test(path ?? ''))
        if (template === undefined || (seen.has(template.path) && path !== '/home')) continue
        seen.add(template.path)
        const found = await lookAt(walk, world(), path, who)
        expect.soft(found).toEqual([])
        ahead.push(...(await linksOn(walk)))
      }
      await walk.close()
    },
  )

  test('every address of the app was looked at', () => {
    const missing = templatesOf(world())
      .map((each) => each.path)
      .filter((path) => !seen.has(path))
    expect(missing.filter((path) => !walkedElsewhere.includes(path))).toEqual([])
  })
}

/** Where somebody begins; the case with the most in it comes first, and what only a button leads to is named. */
function startsOf({ kept }: JourneyWorld, who: string | null): string[] {
  if (who === null) return ['/', '/tour', '/sign-in', '/go', '/go/end']
  const inCase = (...pages: readonly string[]) =>
    pages.map((page) => `/cases/${kept.cases['nasreen']}${page}`)
  const own: Readonly<Record<string, readonly string[]>> = {
    amina: [...inCase('', '/nowhere', '/notes', '/hold', '/accountability'), '/work/find', '/accountability'],
    marta: [
      '/work/everyone',
      '/unmet-needs',
      '/referrals/by-person',
      '/referrals-flow',
      '/diary/everyone',
      '/accountability/quiet',
      '/language',
      ...inCase('/worker'),
    ],
    delroy: [
      ...inCase('/erase', '/legal-hold', '/pair', '/asks', '/retention'),
      '/erasures',
      '/letters',
      '/retention',
    ],
    hannah: ['/listing/held', '/listing/pathways'],
  }
  return [...(own[who] ?? []), '/home']
}

/** A place that its editor may change and keep private: no link of the first entries leads to one. */
async function openPlace({ owner }: JourneyWorld): Promise<readonly string[]> {
  const { rows } = await sql<{ path: string }>`
    select '/listing/' || a.service_id || '/places/' || l.id as path from directory.service_at_location a
    join directory.location l on l.id = a.location_id join directory.service s on s.id = a.service_id
    where s.alternate_name = 'N11' and not l.confidential`.execute(owner)
  return rows.map((row) => row.path)
}

interface Template {
  readonly path: string
  readonly test: (path: string) => boolean
}

function templatesOf(world: JourneyWorld): readonly Template[] {
  const paths = new Set(world.app.routes.filter((route) => route.method === 'GET').map((route) => route.path))
  return [...paths]
    .filter((path) => !noPages.test(path))
    .toSorted((a, b) => (a.match(/:/g)?.length ?? 0) - (b.match(/:/g)?.length ?? 0))
    .map((path) => {
      const shape = new RegExp(`^${path.replaceAll(/:\w+/g, '[^/]+')}$`)
      return { path, test: (given) => shape.test(given.split(/[?#]/)[0] ?? '') }
    })
}

async function linksOn(walk: Walk): Promise<readonly string[]> {
  return walk.page.evaluate<string[]>(
    `[...document.querySelectorAll('a[href^="/"]')].map((each) => each.getAttribute('href')).filter((href) => href !== '/home' && !href.startsWith('/leave'))`,
  )
}

async function lookAt(
  walk: Walk,
  world: JourneyWorld,
  path: string,
  who: string | null,
): Promise<readonly string[]> {
  const { page } = walk
  const wrong: string[] = []
  const folder = process.env['SHOTS']
  const name = path.replaceAll(/[0-9a-f-]{36}/g, 'x').replaceAll(/[^a-z0-9]+/gi, '-')
  await page.setViewportSize({ width: widths[0] ?? 1280, height: 800 })
  const answer = await page.goto(world.address + path)
  if ((answer?.status() ?? 0) >= 400) wrong.push(`${path} answers ${answer?.status()} to ${who}`)
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 })
    if (folder)
      await page.screenshot({ path: join(folder, `page${name}-${who}-${width}.png`), fullPage: true })
    const found = await findings(page, { scripts: width !== 320, typed: [] })
    wrong.push(...found.map((each) => `${width}: ${each}`))
  }
  return wrong
}
