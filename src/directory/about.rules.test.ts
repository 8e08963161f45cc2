import { expect, test } from 'vitest'
import { chosenOf, languagesOf, needsOffered } from './about.rules.ts'

test.each([
  [
    ['b', 'a'],
    ['a', 'b'],
    ['a', 'b', 'c'],
    ['b', 'a'],
  ],
  [
    ['b', 'a'],
    ['c', 'a'],
    ['a', 'b', 'c'],
    ['a', 'c'],
  ],
  [['old'], ['old', 'made-up'], ['a'], ['old']],
  [[], ['a', 'a'], ['a'], ['a']],
])('where %j stands, %j chosen out of %j is kept as %j', (stands, chosen, offered, kept) => {
  expect(chosenOf(stands, chosen, offered)).toEqual(kept)
})

test.each([
  [['English', 'polish', 'ur', 'Farsi'], [], { codes: ['en', 'pl', 'ur', 'fa'] }],
  [['Polish', 'English'], ['en', 'pl'], { codes: ['en', 'pl'] }],
  [['urdu & more'], ['urdu & more'], { codes: ['urdu & more'] }],
  [['English', 'Elvish'], [], { unknown: 'Elvish' }],
  [['xx'], [], { unknown: 'xx' }],
  [[], ['en'], { codes: [] }],
])('the lines %j where %j stands are %j', (lines, stands, read) => {
  expect(languagesOf(lines, stands)).toEqual(read)
})

test('every code that stands reads back as itself from the name that is shown', () => {
  for (const code of ['fa-af', 'zh', 'pt-br', 'yue', 'gd'])
    for (const lang of ['en-GB', 'en-US']) {
      const name = new Intl.DisplayNames([lang], { type: 'language' }).of(code) ?? ''
      expect(languagesOf([name], [code])).toEqual({ codes: [code] })
    }
})

test('help to change one’s own behaviour is offered only where it is listed apart, or stands already', () => {
  expect(needsOffered('for-survivors', [])).not.toContain('change-behaviour')
  expect(needsOffered('for-survivors', ['change-behaviour'])).toContain('change-behaviour')
  expect(needsOffered('for-people-using-abuse', [])).toContain('change-behaviour')
})
