import { codeAt } from '#platform/auth'

import type { Act, Answer, Asker } from './load.ts'
import type { BenchUser, BenchWorld } from './world.ts'

type Fields = (readonly [string, string])[]

/** *My work*: its first page, then the next three in turn. */
export function myWork(): Act {
  return async (ask, _user, turn) => {
    expect(await ask.get(`/work?page=${(turn % 4) + 1}`), 200)
  }
}

/** A name among everybody the agency knows. */
export function nameSearch(): Act {
  const words = ['cedar', 'Ash Brook', 'hazel m', 'ridge', 'Ivy Glen 25', 'nobody of that name']
  return async (ask, user, turn) => {
    expect(await ask.post('/work/find', [['query', words[(user + turn) % words.length] ?? '']]), 200)
  }
}

/** A case that somebody has worked on: names, needs, details and notes. */
export function casePage(world: BenchWorld): Act {
  return async (ask, user, turn) => {
    const { cases } = userOf(world, user)
    expect(await ask.get(`/cases/${cases[turn % cases.length]}`), 200)
  }
}

/** The menu of a case over every service of the directory. */
export function menu(world: BenchWorld): Act {
  return async (ask, user, turn) => {
    const { cases } = userOf(world, user)
    expect(await ask.get(`/cases/${cases[turn % cases.length]}/menu`), 200)
  }
}

/** A release made, signed and sent, page by page: one page an act, the next case when one is sent. */
export function releaseAndSend(world: BenchWorld): Act {
  const next = new Map<number, string>()
  const sent = new Map<number, number>()
  return async (ask, user) => {
    const { cases } = userOf(world, user)
    const number = sent.get(user) ?? 0
    const start = `/cases/${cases[number % cases.length]}/referrals/new?service=${world.serviceId}`
    const page = next.get(user) ?? start
    const went = await stepOn(ask, page)
    if (went === null) sent.set(user, number + 1)
    next.set(user, went ?? '')
    if (went === null) next.delete(user)
  }
}

/** Password, then code: each a slow key or a step of the authenticator, so a user can do it three times in half a minute. */
export function signIn(world: BenchWorld): Act {
  return async (ask, user, turn) => {
    if (turn > 2) return
    const { login, password, authenticator } = userOf(world, user)
    expect(
      await ask.post('/sign-in', [
        ['login', login],
        ['password', password],
      ]),
      200,
    )
    const at = Temporal.Now.instant().add({ seconds: (turn - 1) * 30 })
    expect(await ask.post('/sign-in/code', [['code', codeAt(authenticator, at)]]), 303)
  }
}

/** Reads a page, fills its form as somebody would, sends it, and says which page comes next; null after the last. */
async function stepOn(ask: Asker, page: string): Promise<string | null> {
  const shown = expect(await ask.get(page), 200)
  if (page.endsWith('/sent')) return null
  if (page.endsWith('/done'))
    return page.replace('/releases/', '/referrals/new/').replace('/turn/done', '/send')
  const answer = expect(await ask.post(page.split('?')[0] ?? page, fieldsFor(page, shown.body)), 303)
  return answer.location
}

function fieldsFor(page: string, html: string): Fields {
  const form = html.split('<form').findLast((part) => part.includes('name="version"')) ?? ''
  const fields = given(form, !page.includes('/talk'))
  if (page.endsWith('/turn'))
    return [...fields, ['name', 'Ash Brook'], ['copy', 'no-copy-for-safety'], ['answer', 'sign']]
  if (page.endsWith('/send')) return [...fields, ['step', 'send']]
  if (!page.includes('/talk')) return [...fields, ['step', 'on']]
  const until = Temporal.Now.plainDateISO().add({ days: 60 })
  return [
    ...fields.filter(([name]) => !name.startsWith('until')),
    ['purpose', 'So that they can begin the work that was agreed.'],
    ['until-day', String(until.day)],
    ['until-month', String(until.month)],
    ['until-year', String(until.year)],
  ]
}

/** What a browser would send: hidden fields, ticked boxes (all of them where asked to tick), each group's first choice. */
function given(form: string, asTicked: boolean): Fields {
  const fields: Fields = []
  for (const [tag] of form.matchAll(/<input[^>]*>/g)) {
    const name = attribute(tag, 'name')
    const value = attribute(tag, 'value')
    const type = attribute(tag, 'type')
    const chosen = tag.includes(' checked') || (!asTicked && type === 'checkbox')
    if (type === 'hidden' || (chosen && (type === 'checkbox' || type === 'radio'))) fields.push([name, value])
  }
  return fields
}

function attribute(tag: string, name: string): string {
  return (
    new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1]?.replaceAll('&quot;', '"').replaceAll('&amp;', '&') ?? ''
  )
}

function expect(answer: Answer, status: number): Answer {
  if (answer.status === status) return answer
  const why = /govuk-error-summary[\s\S]*?<ul[^>]*>([\s\S]*?)<\/ul>/.exec(answer.body)?.[1] ?? ''
  throw new Error(`${answer.status} where ${status} was due ${why.replaceAll(/<[^>]+>/g, ' ').trim()}`)
}

function userOf(world: BenchWorld, user: number): BenchUser {
  const found = world.users[user % world.users.length]
  if (found === undefined) throw new Error('Nobody is here.')
  return found
}
