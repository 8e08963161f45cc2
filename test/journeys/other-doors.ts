import { expect, test } from 'vitest'

import type { JourneyWorld } from './journey-world.ts'
import { lookRoundAs } from './sign-in.ts'
import type { Walk } from './walk.ts'

const readingWordsAMinute = 240
const typingWordsAMinute = 40
const lettersOfAWord = 5

/** Step 6: the same loop from each other door, with somebody in the room and no name for them anywhere. */
export function otherDoors(world: () => JourneyWorld): void {
  test.each([
    ['a clinic worker', 'tomasz', true],
    ['a GP', 'femi', false],
    ['a school', 'kath', true],
    ['a child-welfare worker', 'dawn', false],
  ] as const)('%s asks without a name, and it becomes a referral', async (_door, castId, scripts) => {
    const walk = await lookRoundAs(world(), castId, { scripts })
    await walk.go('/work')
    walk.effort()
    await walk.press('Someone is with me now')
    expect(await walk.text()).toContain('Who can speak now')
    expect(await askWithoutName(walk)).toBeLessThanOrEqual(60)
    await walk.press('Ask now')
    const thread = walk.path()
    expect(await walk.text()).toContain('Sent. The answer appears here and in My work.')
    const answerer = await answerYes(world())
    await answerer.close()
    await walk.go(thread)
    expect(await walk.text()).toContain('They said yes')
    await walk.press('Start the referral')
    expect(walk.path()).toMatch(/^\/cases\/[0-9a-f-]{36}\/referrals\/new$/)
    const along = await walk.text()
    expect(along).toContain('it is going on')
    expect(along).toContain('Being safer')
    expect(walk.typed).toEqual([])
    await walk.close()
  })

  test('a no names its reason and the next door in three clicks', async () => {
    const asker = await lookRoundAs(world(), 'morag')
    await asker.go('/now')
    await askWithoutName(asker)
    await asker.press('Ask now')
    const thread = asker.path()
    const walk = await lookRoundAs(world(), 'robyn')
    await openQuestion(walk)
    walk.effort()
    await walk.press('Not for us')
    await walk.choose('Why not here?', 'No room, or the waiting list is closed')
    await walk.press('Say no and name the next door')
    const { inputs, clicks } = walk.effort()
    expect(inputs + clicks).toBeLessThanOrEqual(3)
    expect(await walk.text()).toContain('We said no')
    await asker.go(thread)
    expect(await asker.text()).toMatch(/They suggest|They know of no other service/)
    await Promise.all([asker.close(), walk.close()])
  })
}

/** Three choices and the service. Gives the seconds it takes to read what stands open, at an adult's pace, and to type. */
async function askWithoutName(walk: Walk): Promise<number> {
  await walk.choose('Who is it?', 'An adult')
  await walk.choose('How are things now?', 'Going on')
  await walk.choose('What would help?', 'Being safer')
  const boxes = walk.page.getByRole('group', { name: 'Whom do we ask?' })
  for (const box of await boxes.getByRole('checkbox').all()) await box.uncheck()
  await boxes.getByLabel('By-and-for support').check()
  const words = (await walk.text()).split(/\s+/).length
  const typed = walk.effort().letters / lettersOfAWord
  return (words / readingWordsAMinute + typed / typingWordsAMinute) * 60
}

/** The asked service says yes with one press from its own list. */
async function answerYes(world: JourneyWorld): Promise<Walk> {
  const walk = await lookRoundAs(world, 'zainab')
  await openQuestion(walk)
  await walk.press('Yes, send them')
  expect(await walk.text()).toMatch(/We said yes/)
  return walk
}

async function openQuestion(walk: Walk): Promise<void> {
  await walk.go('/referrals?show=ours')
  const fresh = walk.page.locator('.app-dense__item', { hasText: 'New question' })
  await fresh.getByRole('link').first().click()
  await walk.page.getByText('Next step').waitFor()
}
