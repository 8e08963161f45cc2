import { describe, expect, test } from 'vitest'

import { createWords } from '#platform/i18n'

import { placedIn } from './form.rules.ts'
import { type StarterId, starterIds, starterOf } from './starter.ts'
import uk from './words.uk.json' with { type: 'json' }
import us from './words.us.json' with { type: 'json' }

const formIn = (pack: 'uk' | 'us', id: StarterId) =>
  starterOf(createWords([{ uk, us }], { strict: true })({ pack }), id)

describe('our own forms', () => {
  test.each(starterIds)('%s: what a question hangs on stands before it and can be answered so', (id) => {
    const items = placedIn(formIn('uk', id).items).map(({ item }) => item)
    expect(new Set(items.map((item) => item.id)).size).toBe(items.length)
    for (const [index, item] of items.entries())
      for (const condition of item.when?.conditions ?? []) {
        const asked = items.slice(0, index).find((each) => each.id === condition.question)
        expect([item.id, asked?.id]).toEqual([item.id, condition.question])
        if (condition.operator !== '=' || asked?.kind !== 'choice') continue
        expect(asked.options.map((option) => option.code)).toContain(condition.value)
      }
  })

  test.each(['uk', 'us'] as const)(
    'what mental health teams know, with no diagnosis asked for: %s',
    (pack) => {
      const items = placedIn(formIn(pack, 'health-look').items).map(({ item }) => item)
      const questions = items.filter(({ kind }) => kind !== 'instruction' && kind !== 'section')
      const asks = (words: RegExp) => questions.filter(({ text }) => words.test(text)).map(({ id }) => id)
      expect(asks(/diagnos/i)).toEqual(['used'])
      for (const [words, id] of [
        [/were they alone/i, 'seen-how'],
        [/next of kin/i, 'recorded'],
        [/somebody else sees/i, 'shared'],
        [/appointments missed/i, 'missed'],
        [/abuse as the reason/i, 'considered'],
        [/medicine and other means/i, 'means'],
        [/the couple or the family/i, 'couple'],
        [/who does it, and by when/i, 'we-do'],
        [/must not be said, and to whom/i, 'not-say'],
      ] as const)
        expect([id, asks(words)]).toEqual([id, [id]])
    },
  )
})
