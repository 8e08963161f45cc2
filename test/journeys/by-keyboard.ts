import { expect, test } from 'vitest'

import type { JourneyWorld } from './journey-world.ts'
import { lookRoundAs } from './sign-in.ts'
import type { Walk } from './walk.ts'

const outline = `(() => {
  const style = getComputedStyle(document.activeElement)
  const inner = getComputedStyle(document.activeElement, '::before')
  const label = document.activeElement.labels?.[0] ? getComputedStyle(document.activeElement.labels[0], '::before') : inner
  return [style.outlineStyle, style.boxShadow, label.boxShadow, label.outlineStyle].some((each) => each !== 'none' && each !== '')
})()`

/** Tab, Enter and Space alone: from My work over a case and its menu to something sent. */
export function byKeyboard(world: () => JourneyWorld): void {
  test('from My work to a question sent, by keyboard alone', async () => {
    const walk = await lookRoundAs(world(), 'amina')
    await walk.go('/work')
    await tabTo(walk, 'Nasreen')
    await enter(walk)
    expect(walk.path()).toMatch(/^\/cases\//)
    await tabTo(walk, 'See who can help')
    await enter(walk)
    expect(walk.path()).toMatch(/\/menu$/)
    await tabTo(walk, /^Make a referral/)
    await enter(walk)
    await tabTo(walk, 'Next: talk it through')
    await enter(walk)
    expect(walk.path()).toMatch(/\/talk$/)
    await tabTo(walk, 'Give the person the screen')
    await enter(walk)
    expect(await focused(walk)).toMatch(/problem/i)
    await walk.page.keyboard.press('Tab')
    await walk.page.keyboard.press('Enter')
    expect(await walk.page.evaluate<string>('document.activeElement.tagName')).toMatch(/INPUT|TEXTAREA/)
    await walk.close()
  })

  test('someone is with me now, asked by keyboard alone', async () => {
    const walk = await lookRoundAs(world(), 'jo')
    await walk.go('/now')
    for (const answer of ['Adult', 'Safety']) {
      await tabToBox(walk, answer)
      await walk.page.keyboard.press('Space')
    }
    await tabTo(walk, 'Ask now')
    await enter(walk)
    expect(await walk.text()).toContain('Sent. The answer comes here.')
    await walk.close()
  })
}

/** Presses Tab until the focus is on what is named so; each stop on the way shows where it is. */
async function tabTo(walk: Walk, name: string | RegExp): Promise<void> {
  for (let press = 0; press < 150; press++) {
    await walk.page.keyboard.press('Tab')
    const text = await focused(walk)
    if (text === '') continue
    expect([text, await walk.page.evaluate<boolean>(outline)]).toEqual([text, true])
    if (typeof name === 'string' ? text === name : name.test(text)) return
  }
  throw new Error(`Tab never came to ${String(name)} on ${walk.path()}.`)
}

/** Tab goes to a group of answers, the arrows within it. */
async function tabToBox(walk: Walk, label: string): Promise<void> {
  for (let press = 0; press < 100; press++) {
    await walk.page.keyboard.press('Tab')
    const found = await walk.page.evaluate<boolean>(
      `(() => { const at = document.activeElement; if (at.labels?.[0]?.textContent.trim() === ${JSON.stringify(label)}) return true
        const other = at.type === 'radio' && [...document.getElementsByName(at.name)].some((each) => each.labels[0].textContent.trim() === ${JSON.stringify(label)})
        return Boolean(other) })()`,
    )
    if (!found) continue
    for (let step = 0; step < 12; step++) {
      const here = await walk.page.evaluate<string>(
        'document.activeElement.labels?.[0]?.textContent.trim() ?? ""',
      )
      if (here === label) return
      await walk.page.keyboard.press('ArrowDown')
    }
  }
  throw new Error(`Tab never came to ${label}.`)
}

async function focused(walk: Walk): Promise<string> {
  const text = await walk.page.evaluate<string>(
    'document.activeElement === document.body ? "" : (document.activeElement.innerText ?? document.activeElement.textContent ?? "").trim() || "(box)"',
  )
  return text.replaceAll(/\s+/g, ' ')
}

async function enter(walk: Walk): Promise<void> {
  await Promise.all([walk.page.waitForEvent('load'), walk.page.keyboard.press('Enter')])
}
