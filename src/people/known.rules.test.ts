import { describe, expect, test } from 'vitest'

import { answersTo, namesTyped } from './known.rules.ts'

describe('a name on a list', () => {
  test.each([
    ['Robin Thorn', 'Robin Thorn'],
    ['robin  THORN', 'Robin Thorn'],
    ['Thorn, Robin', 'Robin Thorn'],
    ['Rob Thorn', 'Robin Thorn'],
    ['Robin Thorn', 'Robin May Thorn'],
    ['Elodie Swit', 'Élodie Świt'],
    ['Joerg Mueller', 'Jörg Müller'],
    ['Jörg Müller', 'Joerg Mueller'],
    ['Jorg Muller', 'Jörg Müller'],
    ['Sean OBrien', 'Sean O’Brien'],
    ['Sean O’Brien', 'Sean OBrien'],
    ['Anne-Marie Vale', 'Annemarie Vale'],
    ['Robin', 'Robin'],
  ])('%s fits %s', (written, name) => expect(answersTo(written, [name])).toBe(true))

  test.each([
    ['Robin Thorn', 'Robin Vale'],
    ['Robin Thorn', 'Robin'],
    ['Robin', 'Robin Thorn'],
    ['Rob', 'Robin'],
    ['Bin Thorn', 'Robin Thorn'],
    ['Robin Thorn', ''],
    ['–', 'Robin'],
  ])('%s does not fit %s', (written, name) => expect(answersTo(written, [name])).toBe(false))
})

test('names are read one a line, each once, empty lines left out', () => {
  expect(namesTyped(' Robin  Thorn\r\n\nRobin Thorn\n – \nLee')).toEqual(['Robin Thorn', 'Lee'])
})
