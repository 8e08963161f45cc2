import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

const tags = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']

/** What axe finds wrong on a page, as sentences: by the rules of WCAG 2.2 AA and, where wanted, by its best practices. */
export async function axeOn(page: Page, name: string, practices = false): Promise<readonly string[]> {
  const asked = new AxeBuilder({ page })
    .withTags(practices ? [...tags, 'best-practice'] : tags)
    // No page of ours has a frame: without them axe needs no second window for each page it looks at.
    .setLegacyMode()
  // The exit link comes before the skip link on purpose; the rule knows only skip links that come first.
  const { violations } = await (practices ? asked.disableRules(['region']) : asked).analyze()
  return violations.flatMap((one) => one.nodes.map((node) => `${name} ${one.id} ${node.html}`))
}
