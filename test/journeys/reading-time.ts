import type { Page } from 'playwright-core'

/** An adult in a hard minute, and two fingers: what is read and what is typed are both counted at this pace. */
const wordsAMinute = 40
const lettersOfAWord = 5

/**
 * How many words must be read on this page before `target` is reached: all text of the main part that shows and comes before
 * it, in it, or beside it on the screen. What a closed `details` holds does not show. docs/domain/reading-time.md says why.
 */
export async function wordsToRead(page: Page, target: string): Promise<number> {
  const words = await page.evaluate<readonly string[]>(`(() => {
    const target = document.querySelector(${JSON.stringify(target)})
    const foot = target.getBoundingClientRect().bottom
    const texts = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT)
    const words = []
    while (texts.nextNode()) {
      const text = texts.currentNode
      if (!text.parentElement.checkVisibility({ visibilityProperty: true })) continue
      const range = document.createRange()
      range.selectNodeContents(text)
      const before = text.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_FOLLOWING
      const above = range.getBoundingClientRect().top < foot
      if (before || target.contains(text) || above) words.push(...text.data.split(/\\s+/))
    }
    return words.filter((word) => /[\\p{L}\\p{N}]/u.test(word))
  })()`)
  return words.length
}

/** The seconds that reading and typing take together. */
export function secondsFor(words: number, letters: number): number {
  return ((words + letters / lettersOfAWord) / wordsAMinute) * 60
}
