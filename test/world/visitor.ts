import { type DefaultTreeAdapterTypes, parse } from 'parse5'

import { offerAsOwner } from '#parties'
import { asMember, type Role, rowOf, type Sector } from '#platform/access'
import { codeAt } from '#platform/auth'
import { newCookie } from '#platform/crypto'

import type { Person, TestWorld } from './agencies.ts'
import type { Served } from './served.ts'

export type Fields = readonly (readonly [name: string, value: string])[]

/** A form as a browser reads it from a page. */
export interface Form {
  readonly action: string
  readonly fields: Fields
}

/** A browser without scripts: it keeps cookies and reads forms. */
export interface Visitor {
  readonly cookies: Map<string, string>
  readonly get: (path: string, headers?: Readonly<Record<string, string>>) => Promise<Response>
  readonly post: (path: string, fields: Fields | Readonly<Record<string, string>>) => Promise<Response>
}

/** Somebody with a login and everything they wrote down. */
export interface Staff {
  readonly login: string
  password: string
  authenticator: string
  recoveryCode: string
  readonly partyId: string
  readonly accountId: string
}

const origin = 'http://127.0.0.1:3000'

/** A new browser on the app. */
export function visitor({ app }: Pick<Served, 'app'>): Visitor {
  const cookies = new Map<string, string>()
  const ask = async (path: string, given: Readonly<Record<string, string>>, init: RequestInit = {}) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = {
      host: '127.0.0.1:3000',
      'sec-fetch-site': 'same-origin',
      'sec-fetch-dest': 'document',
      ...given,
      ...(cookie === '' || given['sec-fetch-site'] === 'cross-site' ? {} : { cookie }),
    }
    const answer = await app.request(origin + path, { ...init, headers })
    for (const line of answer.headers.getSetCookie()) keep(cookies, line)
    return answer
  }
  return {
    cookies,
    get: (path, headers = {}) => ask(path, headers),
    post: (path, fields) => {
      const pairs: Fields = Array.isArray(fields) ? (fields as Fields) : Object.entries(fields)
      const body = new URLSearchParams(pairs.map(([name, value]) => [name, value])).toString()
      return ask(path, { 'content-type': 'application/x-www-form-urlencoded' }, { method: 'POST', body })
    },
  }
}

function keep(cookies: Map<string, string>, line: string): void {
  const [pair = '', ...rules] = line.split('; ')
  const [name = '', value = ''] = pair.split('=')
  if (value === '' || rules.includes('Max-Age=0')) cookies.delete(name)
  else cookies.set(name, value)
}

/** Every form on a page with what it would send, as a browser reads it: the first line break of a text area falls away. */
export function formsOf(html: string): readonly Form[] {
  return within(parse(html), 'form').map((form) => ({
    action: attribute(form, 'action') ?? '',
    fields: within(form, 'input', 'textarea').flatMap((field) => {
      const name = attribute(field, 'name')
      if (name === null) return []
      return [[name, field.tagName === 'input' ? (attribute(field, 'value') ?? '') : textOf(field)] as const]
    }),
  }))
}

/** The value of a hidden or typed field on the page's first form that has it. */
function fieldOf(html: string, name: string): string {
  for (const form of formsOf(html)) {
    const found = form.fields.find(([field]) => field === name)
    if (found !== undefined) return found[1]
  }
  return ''
}

/** The six words a page shows. */
export function wordsOn(html: string): readonly string[] {
  return [...html.matchAll(/class="app-words__word"[^>]*>([^<]+)</g)].map((found) => found[1] ?? '')
}

/** Where an administrator's page lets the one in who reads these six words aloud. */
export function askedToAdmit(page: string, words: readonly string[]): string {
  const section = page.split('<section').find((part) => wordsOn(part).join() === words.join())
  const form = formsOf(section ?? '').find((each) => each.action.startsWith('/agency/invitations/'))
  if (words.length !== 6 || form === undefined) throw new Error('The six words of both sides differ.')
  return form.action
}

/** What a page shows once under an id: a recovery code, an authenticator's key, a link. */
export function secretOn(html: string, id = 'one-time-secret'): string {
  return new RegExp(`id="${id}"[^>]*>\\s*([^<]+?)\\s*<`).exec(html)?.[1] ?? ''
}

/** Makes an agency through its own pages. */
export async function beginAgency(
  world: TestWorld,
  served: Served,
  name: string,
  options: { readonly sector?: Sector; readonly roles?: readonly Role[] } = {},
): Promise<Staff> {
  const token = newCookie()
  const sector = options.sector ?? 'domestic-abuse'
  await offerAsOwner(world.owner, rowOf(token), { name, sector, pack: 'uk', area: '' })
  const browser = visitor(served)
  const page = await (await browser.get(`/begin/${token}`)).text()
  const authenticator = fieldOf(page, 'secret')
  const login = `${name.toLowerCase().replaceAll(/\W+/g, '-')}@example.org`
  const password = `${name} has a long password`
  const roles = options.roles ?? ['agency-administrator', 'worker', 'lead']
  const answer = await browser.post(`/begin/${token}`, [
    ['agency', name],
    ['sector', sector],
    ['name', `${name} first`],
    ['login', login],
    ['password', password],
    ...roles.map((role) => ['roles', role] as const),
    ['secret', authenticator],
    ['code', codeAt(authenticator, Temporal.Now.instant())],
  ])
  const done = await answer.text()
  if (answer.status !== 200) throw new Error(`${answer.status} ${done}`)
  const ids = await idsOf(world, name)
  return { login, password, authenticator, recoveryCode: secretOn(done), ...ids }
}

/** Invites, joins, compares words, lets in and sets up the authenticator: all on the pages. */
export async function joinAgency(
  world: TestWorld,
  served: Served,
  administrator: Staff,
  who: { readonly name: string; readonly roles: readonly Role[] },
): Promise<Staff> {
  const admin = visitor(served)
  await enter(world, admin, administrator)
  const login = `${who.name.toLowerCase()}-${administrator.partyId.slice(-6)}@example.org`
  const invited = await admin.post('/agency/invite', [
    ['name', who.name],
    ['login', login],
    ...who.roles.map((role) => ['roles', role] as const),
  ])
  const path = new URL(secretOn(await invited.text())).pathname
  const browser = visitor(served)
  const password = `${who.name} has a long password`
  const joined = await (await browser.post(path, { login, password })).text()
  const page = await (await admin.get('/agency')).text()
  await admin.post(askedToAdmit(page, wordsOn(joined)), { act: 'admit' })
  await forgetSteps(world)
  const setUp = await (await browser.post('/sign-in', { login, password })).text()
  const authenticator = fieldOf(setUp, 'secret')
  await giveCode(browser, setUp, authenticator)
  const { account_id: accountId } = await world.owner
    .selectFrom('access.membership')
    .select('account_id')
    .where('party_id', '=', administrator.partyId)
    .orderBy('account_id', 'desc')
    .executeTakeFirstOrThrow()
  const { partyId } = administrator
  return { login, password, authenticator, recoveryCode: secretOn(joined), partyId, accountId }
}

/** Password, then code, on the pages; the last answer. Codes of the same half minute count again. */
export async function enter(
  world: TestWorld,
  browser: Visitor,
  who: Pick<Staff, 'login' | 'password' | 'authenticator'>,
): Promise<Response> {
  await forgetSteps(world)
  const answer = await browser.post('/sign-in', { login: who.login, password: who.password })
  return giveCode(browser, await answer.text(), who.authenticator)
}

/** Somebody signed in on the pages, to act without them. */
export async function personOf(world: TestWorld, served: Served, who: Staff): Promise<Person> {
  const browser = visitor(served)
  await enter(world, browser, who)
  const cookie = browser.cookies.get('session-3000') ?? ''
  const { accountId, partyId, login } = who
  return {
    cookie,
    accountId,
    partyId,
    login,
    act: async (work) => {
      const done = await asMember(world.door, cookie, 'test', work)
      if (typeof done === 'object' && done !== null && 'refused' in done && done.refused === 'no-session')
        throw new Error('The session is closed.')
      return done as Awaited<ReturnType<typeof work>>
    },
  }
}

/** Answers a page that asks for the code, carrying along whatever it carries. */
export async function giveCode(browser: Visitor, page: string, authenticator: string): Promise<Response> {
  const form = formsOf(page).find((each) => each.action === '/sign-in/code')
  if (form === undefined) throw new Error('This page asks for no code.')
  const code = codeAt(authenticator, Temporal.Now.instant())
  return browser.post('/sign-in/code', [...form.fields.filter(([name]) => name !== 'code'), ['code', code]])
}

/** Lets authenticators' steps and waits be used again, as if time had passed. */
export async function forgetSteps(world: TestWorld): Promise<void> {
  await world.owner.updateTable('access.account').set({ totp_step: 0 }).execute()
  await world.owner.deleteFrom('access.attempt').execute()
}

async function idsOf(world: TestWorld, name: string) {
  const { party_id: partyId } = await world.owner
    .selectFrom('parties.agency')
    .select('party_id')
    .where('name', '=', name)
    .executeTakeFirstOrThrow()
  const { account_id: accountId } = await world.owner
    .selectFrom('access.membership')
    .select('account_id')
    .where('party_id', '=', partyId)
    .executeTakeFirstOrThrow()
  return { partyId, accountId }
}

type Node = DefaultTreeAdapterTypes.Node
type Element = DefaultTreeAdapterTypes.Element

function within(node: Node, ...tags: readonly string[]): readonly Element[] {
  const own = 'tagName' in node && tags.includes(node.tagName) ? [node] : []
  return 'childNodes' in node ? [...own, ...node.childNodes.flatMap((child) => within(child, ...tags))] : own
}

function attribute(element: Element, name: string): string | null {
  return element.attrs.find((each) => each.name === name)?.value ?? null
}

function textOf(node: Element): string {
  return node.childNodes.map((child) => ('value' in child ? child.value : '')).join('')
}
