import type { CDPSession } from 'playwright-core'
import { expect } from 'vitest'

import type { Walk } from './walk.ts'

/** What has the focus, as the browser tells it to a screen reader. */
export interface Stop {
  readonly role: string
  readonly name: string
  /** Hints and errors that belong to it. */
  readonly said: string
}

/** Somebody without a mouse. Every stop of the focus has to be on the screen, uncovered, and marked. */
export interface Keyboard {
  /** Tab, until the focus is on what is called so; the end of the page ends the search. */
  readonly to: (name: string | RegExp) => Promise<Stop>
  /** Shift and Tab, until the focus is on what is called so. */
  readonly backTo: (name: string | RegExp) => Promise<Stop>
  readonly type: (text: string) => Promise<void>
  /** Tab to a box, and Space. */
  readonly tick: (name: string | RegExp) => Promise<void>
  /** Tab to a group of answers, the arrows within it. */
  readonly choose: (answer: string) => Promise<void>
  /** Past the menus with the link for that. */
  readonly skip: () => Promise<void>
  /** Enter, and the page that comes; when something is wrong there, the list of mistakes has the focus. */
  readonly enter: () => Promise<void>
  /** From the list of mistakes to the field of the first one, which says the same. */
  readonly toFirstMistake: () => Promise<Stop>
}

const mostPresses = 80

/** The keyboard in front of a page. */
export async function keyboardOf(walk: Walk): Promise<Keyboard> {
  const tree = await walk.context.newCDPSession(walk.page)
  const press = async (key: string) => {
    await walk.page.evaluate(rememberCalm)
    await walk.page.keyboard.press(key)
  }
  const seek = async (key: string, name: string | RegExp) => {
    const met: string[] = []
    for (let turn = 0; turn < mostPresses; turn++) {
      await press(key)
      const stop = await stopOf(tree)
      if (stop === null) break
      met.push(`${stop.role} ${stop.name}`)
      expect(await walk.page.evaluate<string>(hidden), `the focus on ${met.at(-1)}`).toBe('')
      if (isCalled(stop, name)) return stop
    }
    throw new Error(`${key} never came to ${name} on ${walk.path()}, only to:\n${met.join('\n')}`)
  }
  const to = (name: string | RegExp) => seek('Tab', name)
  const enter = async () => {
    await Promise.all([walk.page.waitForEvent('load'), press('Enter')])
    expect(await walk.page.evaluate<string>(focusLost), `the focus on ${walk.path()}`).toBe('')
  }
  return {
    to,
    backTo: (name) => seek('Shift+Tab', name),
    type: (text) => walk.page.keyboard.type(text),
    tick: async (name) => {
      await to(name)
      await press('Space')
      expect(await walk.page.evaluate<boolean>('document.activeElement.checked'), String(name)).toBe(true)
    },
    choose: async (answer) => choose(walk, answer, to, press),
    skip: async () => {
      await to('Skip to main content')
      await press('Enter')
    },
    enter,
    toFirstMistake: async () => {
      const mistake = await seek('Tab', /./)
      await press('Enter')
      const field = await stopOf(tree)
      // What is wrong with a day is said of its three boxes together.
      const group = await stopOf(tree, 'document.activeElement.closest("fieldset")')
      expect(`${field?.said} ${group?.said}`, `what is wrong with ${field?.name}`).toContain(mistake.name)
      expect(await walk.page.evaluate<string>(hidden), `the focus on ${field?.name}`).toBe('')
      return field ?? mistake
    },
  }
}

/** The first answer of a group takes the focus, the arrows choose among them, and Space takes what is under the focus. */
async function choose(
  walk: Walk,
  answer: string,
  to: Keyboard['to'],
  press: (key: string) => Promise<void>,
): Promise<void> {
  const labels = `[...document.getElementsByName(document.activeElement.name)].map((each) => each.labels[0].textContent.trim())`
  const here = `document.activeElement.labels[0].textContent.trim()`
  for (let turn = 0; turn < mostPresses; turn++) {
    const stop = await to(/./)
    if (stop.role !== 'radio' || !(await walk.page.evaluate<string[]>(labels)).includes(answer)) continue
    for (let step = 0; step < 12 && (await walk.page.evaluate<string>(here)) !== answer; step++) {
      await press('ArrowDown')
    }
    await press('Space')
    expect(
      await walk.page.evaluate<boolean>(
        `document.activeElement.checked && ${here} === ${JSON.stringify(answer)}`,
      ),
    ).toBe(true)
    return
  }
  throw new Error(`Tab never came to ${answer} on ${walk.path()}.`)
}

/** The accessible name as the browser works it out; null when the page has lost the focus. */
async function stopOf(tree: CDPSession, expression = 'document.activeElement'): Promise<Stop | null> {
  const { result } = await tree.send('Runtime.evaluate', { expression })
  if (result.objectId === undefined || result.description?.startsWith('body')) return null
  const { nodes } = await tree.send('Accessibility.getPartialAXTree', {
    objectId: result.objectId,
    fetchRelatives: false,
  })
  const text = (value: unknown) => (typeof value === 'string' ? value.replaceAll(/\s+/g, ' ').trim() : '')
  const [node] = nodes
  return {
    role: text(node?.role?.value),
    name: text(node?.name?.value),
    said: text(node?.description?.value),
  }
}

function isCalled(stop: Stop, name: string | RegExp): boolean {
  return typeof name === 'string' ? stop.name === name : name.test(stop.name)
}

// Texts, because the tests know no browser types. What marks the focus is what differs from the same thing without it.
const looks = `((each) => [each, ...(each.labels ?? [])].flatMap((one) => [null, '::before'].map((part) => {
  const style = getComputedStyle(one, part)
  const line = style.outlineStyle === 'none' ? '' : style.outlineWidth + style.outlineColor
  return [line, style.boxShadow, style.backgroundColor, style.borderColor].join()
})).join())`

const rememberCalm = `window.calmLooks ??= new Map(
  [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
    .filter((each) => each !== document.activeElement).map((each) => [each, ${looks}(each)]))`

/** Why nobody can see the focus; empty when everybody can. */
const hidden = `(() => {
  const at = document.activeElement
  if (${looks}(at) === window.calmLooks.get(at)) return 'is not marked'
  const box = at.getClientRects()[0]
  if (!box || box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth) return 'is not on the screen'
  const [x, y] = [(box.left + box.right) / 2, (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2]
  const top = document.elementFromPoint(x, y)
  if (top === null || top.contains(at) || at.contains(top) || [...(at.labels ?? [])].some((each) => each.contains(top))) return ''
  return 'is covered by ' + top.outerHTML.slice(0, 80)
})()`

/** Where the focus is instead of on the list of mistakes. */
const focusLost = `(() => {
  const mistakes = document.querySelector('.govuk-error-summary')
  return mistakes === null || document.activeElement === mistakes ? '' : document.activeElement.outerHTML.slice(0, 80)
})()`
