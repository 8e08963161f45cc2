import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

import type { Page } from 'playwright-core'

/** Rules of WCAG 2.2 AA. */
const wcag = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']

const asked = {
  wcag: { runOnly: wcag },
  // The exit link comes before the skip link on purpose; the rule knows only skip links that come first.
  practices: { runOnly: [...wcag, 'best-practice'], rules: { region: { enabled: false } } },
  all: {},
}

// A page of ours has no frame, so axe is put into the page alone, once, and in its short form: read twice in its long
// form, as its builder does it, it costs more than what it finds. Only what is wrong is written out and sent back.
const carrier = createRequire(import.meta.resolve('@axe-core/playwright'))
const axeCore = readFileSync(carrier.resolve('axe-core/axe.min.js'), 'utf8')

interface Violation {
  readonly id: string
  readonly html: readonly string[]
}

/** What axe finds wrong on a page, as sentences: by the rules of WCAG 2.2 AA, with its best practices, or by all it has. */
export async function axeOn(
  page: Page,
  name: string,
  rules: keyof typeof asked = 'wcag',
): Promise<readonly string[]> {
  if (!(await page.evaluate<boolean>('typeof axe === "object"'))) await page.evaluate(axeCore)
  const options = JSON.stringify({ ...asked[rules], resultTypes: ['violations'] })
  const violations = await page.evaluate<readonly Violation[]>(
    `axe.run(document, ${options}).then(({ violations }) =>
      violations.map(({ id, nodes }) => ({ id, html: nodes.map(({ html }) => html) })))`,
  )
  return violations.flatMap(({ id, html }) => html.map((each) => `${name} ${id} ${each}`))
}
