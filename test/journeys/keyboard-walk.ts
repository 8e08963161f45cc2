import type { Walk } from './walk.ts'

/** Tab until the thing has the focus, as somebody without a mouse does. */
async function tabTo(walk: Walk, there: string): Promise<void> {
  for (let presses = 0; presses < 120; presses += 1) {
    await walk.page.keyboard.press('Tab')
    if (
      await walk.page.evaluate<boolean>(`document.activeElement?.matches(${JSON.stringify(there)}) ?? false`)
    )
      return
  }
  throw new Error(`${there} cannot be reached by keyboard.`)
}

/** Tab to the button or link of this text, and press Enter. */
export async function enterOn(walk: Walk, text: string): Promise<void> {
  for (let presses = 0; presses < 120; presses += 1) {
    await walk.page.keyboard.press('Tab')
    if ((await walk.page.evaluate<string>('document.activeElement?.textContent?.trim() ?? ""')) === text)
      break
  }
  await Promise.all([walk.page.waitForEvent('load'), walk.page.keyboard.press('Enter')])
}

/** Tab to the field of this name, and type. */
export async function typeInto(walk: Walk, name: string, text: string): Promise<void> {
  await tabTo(walk, `[name=${name}]`)
  await walk.page.keyboard.type(text)
}

/** Tab to an answer of a group, and choose it. */
export async function spaceOn(walk: Walk, name: string, at: number): Promise<void> {
  await tabTo(walk, `#${at === 0 ? name : `${name}-${at + 1}`}`)
  await walk.page.keyboard.press('Space')
}
