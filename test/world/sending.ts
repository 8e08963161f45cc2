import { readFileSync } from 'node:fs'

import { importDirectory, linkParty, listOrganizations, listServices } from '#directory'
import { CardBody, saveCard, saveContact, saveDanger, saveNeeds, saveSituation, startCase } from '#people'

import type { Person, TestWorld } from './agencies.ts'
import type { Served } from './served.ts'

/** Puts the listing of Northmere in, and gives each agency the services of one of its organisations. */
export async function listServicesOf(
  world: TestWorld,
  agencies: readonly { readonly person: Person; readonly organization: string }[],
): Promise<readonly string[]> {
  const text = readFileSync(new URL('../../src/demo/northmere.hsds.json', import.meta.url), 'utf8')
  return world.owner.transaction().execute(async (db) => {
    await importDirectory(db, text)
    const all = await listOrganizations(db)
    const services: string[] = []
    for (const { person, organization } of agencies) {
      const own = all.find((each) => each.name === organization)
      if (own === undefined) throw new Error(`${organization} is not listed.`)
      await linkParty(db, own.id, person.partyId)
      const { services: listed } = await listServices(db, { partyId: person.partyId, perPage: 100 })
      const [first] = listed
      if (first === undefined) throw new Error(`${organization} lists no service.`)
      services.push(first.id)
    }
    return services
  })
}

/** A case with a survivor, somebody who causes harm, safe contact, two needs and two details. */
export async function caseWith(
  person: Person,
  options: {
    readonly name?: string
    readonly harm?: string
    readonly notSafe?: string
    readonly age?: number
  } = {},
): Promise<{ readonly caseId: string; readonly survivor: string; readonly harm: string }> {
  return person.act(async (db, actor) => {
    const { caseId } = await startCase(db, actor)
    const card = async (body: unknown) => {
      const saved = await saveCard(db, actor, { caseId, id: null, version: 0 }, CardBody.parse(body))
      if ('refused' in saved) throw new Error(saved.refused)
      return saved.id
    }
    const survivor = await card({ name: options.name ?? 'Rowan Vale', role: 'survivor' })
    const harm = await card({ name: options.harm ?? 'Dane Vale', role: 'personCausingHarm' })
    await card({ name: 'Ivy', role: 'child' })
    const first = { caseId, version: 0 }
    await saveContact(db, actor, first, safeContactOf('07700 900321'))
    await saveNeeds(db, actor, first, [
      { id: 'n1', code: '', words: 'Sleep through the night' },
      { id: 'n2', code: '', words: 'Somebody to talk to' },
    ])
    await saveSituation(db, actor, first, {
      age: { state: 'known', value: options.age ?? 408, askedOn: '2026-11-20' },
      abuse: { state: 'known', value: 'on-and-off', askedOn: '2026-11-20' },
    })
    const danger = {
      afraidOf: '',
      safeToTalkTo: '',
      notSafeToTalkTo: options.notSafe ?? '',
      colleagues: [],
      names: [],
    }
    await saveDanger(db, actor, first, danger, [])
    return { caseId, survivor, harm }
  })
}

function safeContactOf(value: string) {
  return {
    nothingAtAll: false,
    ways: [
      {
        id: 'w1',
        channel: 'text' as const,
        value,
        whoElseSees: 'nobody' as const,
        zone: 'Europe/London',
        whenever: false,
        safe: [{ days: [1, 2, 3, 4, 5], date: null, from: '10:00', to: '14:00' }],
        unsafe: [],
        callAs: 'neutral' as const,
        voicemail: 'no' as const,
        ifSomeoneElse: 'hang-up' as const,
        content: 'neutral' as const,
        envelope: 'no' as const,
        trustedPersonRef: null,
      },
    ],
    nameSafeToSay: null,
    hasCodeWord: false,
    language: null,
    interpreter: null,
    reminders: 'no' as const,
    calendar: 'no' as const,
    printing: 'ok' as const,
    notSafe: [],
    verifiedAt: '2026-11-22T00:00:00Z',
    verifiedBy: 'Person 1',
    changedBecause: null,
  }
}

/** What a page's checkboxes, radios and hidden fields would post as they stand. */
export function standing(html: string): Record<string, string[]> {
  const fields: Record<string, string[]> = {}
  const put = (name: string, value: string) => (fields[name] ??= []).push(value)
  for (const [tag] of html.matchAll(/<input[^>]*>/g)) {
    const at = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? null
    const name = at('name')
    const type = at('type') ?? 'text'
    const boxed = type === 'checkbox' || type === 'radio'
    if (name !== null && (!boxed || /\schecked/.test(tag))) put(name, unescaped(at('value') ?? ''))
  }
  for (const [, name = '', text = ''] of html.matchAll(/<textarea[^>]*name="([^"]*)"[^>]*>([^<]*)</g)) {
    put(name, unescaped(text).replace(/^\n/, ''))
  }
  return fields
}

/** Walks a permission to the person's turn, as a worker does; gives the draft's id. */
export async function walkToTurn(
  served: Served,
  who: Person,
  caseId: string,
  serviceId: string,
  change: Changes = {},
): Promise<{ readonly draft: string; readonly pages: readonly string[] }> {
  const first = await (await served.get(`/cases/${caseId}/referrals/new?service=${serviceId}`, who)).text()
  const picks = standing(first)
  const picked = await served.post(
    `/cases/${caseId}/referrals/new`,
    { ...picks, ...change.pick?.(picks) },
    who,
  )
  const draft = /new\/([0-9a-f-]{36})\/talk/.exec(picked.headers.get('location') ?? '')?.[1]
  if (draft === undefined) throw new Error(`Page one answered ${picked.status}: ${await picked.text()}`)
  const at = `/cases/${caseId}/referrals/new/${draft}`
  const second = await (await served.get(`${at}/talk`, who)).text()
  const talk = {
    ...standing(second),
    purpose: 'So that I do not have to tell it all again',
    talked: ['read-out', 'risks', 'other-ways', 'signer-safe'],
    ...(typeof change.talk === 'function' ? change.talk(second) : change.talk),
  }
  const talked = await served.post(`${at}/talk`, talk, who)
  if (talked.status !== 303) throw new Error(`Page two answered ${talked.status}: ${await talked.text()}`)
  return { draft, pages: [first, second] }
}

/** What a walk does otherwise than usual. */
interface Changes {
  readonly pick?: (as: Record<string, string[]>) => Record<string, readonly string[]>
  /** What page two gets; a function sees the page first. */
  readonly talk?:
    | Readonly<Record<string, string | readonly string[]>>
    | ((page: string) => Readonly<Record<string, string | readonly string[]>>)
  readonly name?: string
}

/** Walks a permission to the last page, as a worker and the person do; gives the draft's id. */
export async function walkToSend(
  served: Served,
  who: Person,
  caseId: string,
  serviceId: string,
  change: Changes = {},
): Promise<{ readonly draft: string; readonly pages: readonly string[] }> {
  const { draft, pages } = await walkToTurn(served, who, caseId, serviceId, change)
  const at = `/cases/${caseId}/referrals/new/${draft}`
  const turn = `/cases/${caseId}/releases/${draft}/turn`
  const third = await (await served.get(turn, who)).text()
  const sign = {
    ...standing(third),
    name: change.name ?? 'Rowan Vale',
    copy: 'no-copy-for-safety',
    answer: 'sign',
  }
  const signed = await served.post(turn, sign, who)
  if (signed.status !== 303) throw new Error(`Page three answered ${signed.status}: ${await signed.text()}`)
  const fourth = await (await served.get(`${at}/send`, who)).text()
  return { draft, pages: [...pages, third, fourth] }
}

/** The last button. */
export async function send(served: Served, who: Person, caseId: string, draft: string): Promise<Response> {
  const path = `/cases/${caseId}/referrals/new/${draft}/send`
  const page = await (await served.get(path, who)).text()
  return served.post(path, { version: standing(page)['version'] ?? '', step: 'send' }, who)
}

function unescaped(text: string): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}
