import { expect, test } from 'vitest'

import type { Pack } from '#platform/config'
import { createWords } from '#platform/i18n'

import { DateInput, PlainPage, uiWords } from './index.ts'

const wordsFor = createWords([uiWords])

function html(element: unknown): string {
  return String(element)
}

test.each<[Pack, readonly string[], string]>([
  ['uk', ['due-day', 'due-month', 'due-year'], 'due-day'],
  ['us', ['due-month', 'due-day', 'due-year'], 'due-month'],
])('a date is asked as people write it, and an error leads to its first field: %s', (pack, names, first) => {
  const t = wordsFor({ pack })
  const page = html(
    <PlainPage t={t} title="A day">
      <DateInput name="due" legend="When?" value={{ day: '3', month: '12', year: '2027' }} />
    </PlainPage>,
  )
  const fields = [...page.matchAll(/<input[^>]*>/g)].map(([field]) => ({
    name: /name="([^"]*)"/.exec(field)?.[1],
    id: /id="([^"]*)"/.exec(field)?.[1],
  }))
  expect(fields.map((field) => field.name)).toEqual(names)
  expect(fields.find((field) => field.id === 'due')?.name).toBe(first)
  expect(new Set(fields.map((field) => field.id)).size).toBe(3)
})
