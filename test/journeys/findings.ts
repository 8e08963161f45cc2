import type { Page } from 'playwright-core'

import { axeOn } from './axe.ts'

const telling = /abuse|violen|survivor|victim|refuge|shelter|marac|anydoor/i
/** Pages that axe has passed in this run, by address without ids, heading and width: it need not see the same page twice. */
const passed = new Set<string>()

interface Seen {
  readonly exit: boolean
  readonly exitFirst: boolean
  readonly staff: boolean
  readonly kept: number
  readonly wide: number
  readonly screen: number
  readonly heading: string
  readonly raw: readonly string[]
  readonly aimless: number
}

// Texts, because the tests know no browser types. A word key is `room.page.thing`; one on the screen was never translated.
const seeing = `(() => {
  const reach = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
    .filter((each) => each.checkVisibility())
  const exit = document.querySelector('exit-this-page')
  const text = document.body.innerText
  return {
    exit: exit !== null,
    exitFirst: exit !== null && reach[0] !== undefined && exit.contains(reach[0]) && document.querySelector('[tabindex="1"]') === null,
    staff: document.querySelector('.app-staff') !== null,
    kept: (() => { try { return localStorage.length + sessionStorage.length } catch { return 0 } })(),
    wide: document.documentElement.scrollWidth,
    screen: document.documentElement.clientWidth,
    heading: document.querySelector('h1')?.textContent?.trim() ?? '',
    aimless: document.querySelectorAll('form:not([action])').length,
    raw: text.match(/\\b(ui|http|mail|people|parties|directory|releases|referrals|grounds|asks|envelopes|exchange|survivors|demo|language|intake|plans|family|accountability|papers|calendar|diary|caseload|helping|together|light|clients|events)\\.[a-z][a-z-]*(\\.[a-z0-9_-]+)+|undefined|\\[object |\\{\\{|NaN/g) ?? [],
  }
})()`

/** Everything that must hold of any page, as sentences about what does not. */
export async function findings(
  page: Page,
  as: { readonly scripts: boolean; readonly typed: readonly string[] },
): Promise<readonly string[]> {
  // A page that has only begun to come has no body yet.
  await page.waitForLoadState('domcontentloaded')
  const url = new URL(page.url())
  const where = url.pathname
  const seen = await page.evaluate<Seen>(seeing)
  const title = await page.title()
  const found = [
    ...(seen.wide > seen.screen ? [`${where} is ${seen.wide} wide on ${seen.screen}`] : []),
    ...(seen.kept > 0 ? [`${where} keeps something in the browser`] : []),
    // Without an address of its own a form goes where the address bar is, skip link and all, and the list of mistakes loses the focus.
    ...(seen.aimless > 0 ? [`${where} has a form without an address`] : []),
    ...seen.raw.map((each) => `${where} shows ${each}`),
    ...(seen.exit && !seen.exitFirst ? [`${where}: the exit is not first`] : []),
    ...(seen.exit &&
    !['Information', 'Error: Information', 'Información', 'Error: Información'].includes(title)
      ? [`${where} is called ${title}`]
      : []),
    ...(telling.test(url.pathname + url.search) ? [`${where} tells by its address`] : []),
    ...(!seen.staff && telling.test(title) ? [`${where} tells by its title ${title}`] : []),
    ...as.typed
      .filter((text) => text.length > 3 && /[^\d]/.test(text))
      .filter((text) => decodeURIComponent(page.url()).includes(text) || title.includes(text))
      .map((text) => `${where} shows what was typed, ${text}, in its address or title`),
  ]
  return as.scripts ? [...found, ...(await axe(page, `${where} ${seen.heading} ${seen.screen}`))] : found
}

async function axe(page: Page, name: string): Promise<readonly string[]> {
  const kind = name.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id')
  if (passed.has(kind)) return []
  const found = await axeOn(page, name)
  if (found.length === 0) passed.add(kind)
  return found
}
