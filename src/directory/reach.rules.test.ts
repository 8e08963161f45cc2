import fc from 'fast-check'
import { expect, test } from 'vitest'
import { phoneLines, phonesOf, webAddressOf } from './reach.rules.ts'

test.each([
  ['01632 960001', [{ number: '01632 960001', label: '' }]],
  ['+44 1632 960001, at night, not Sundays', [{ number: '+44 1632 960001', label: 'at night, not Sundays' }]],
  ['(206) 555-0142 ext. 12', [{ number: '(206) 555-0142 ext. 12', label: '' }]],
  ['1-800-555-HELP', [{ number: '1-800-555-HELP', label: '' }]],
  ['988', [{ number: '988', label: '' }]],
  ['\n 01632 960001 \n\n01632 960001, again', [{ number: '01632 960001', label: '' }]],
  ['', []],
])('a box with %j is these numbers', (text, phones) => {
  expect(phonesOf(text)).toEqual(phones)
})

test.each([
  'the desk',
  '12',
  '01632 960001 or 01632 960002, both',
  'a@b.example',
  '<b>01632</b>',
  '01632 960001\nno',
  Array.from({ length: 21 }, (_, i) => `01632 9600${10 + i}`).join('\n'),
])('%j is no list of numbers', (text) => {
  expect(phonesOf(text)).toBeNull()
})

test('numbers read back from their lines are the same', () => {
  const one = fc.record({
    number: fc.stringMatching(/^0\d{4} \d{6}$/),
    label: fc.stringMatching(/^([a-z]([a-z ,]{0,20}[a-z])?)?$/),
  })
  fc.assert(
    fc.property(fc.uniqueArray(one, { selector: (each) => each.number, maxLength: 20 }), (phones) => {
      expect(phonesOf(phoneLines(phones))).toEqual(phones)
    }),
  )
})

test.each([
  ['', ''],
  ['www.lantern.example', 'https://www.lantern.example'],
  ['http://lantern.example/a?b=c', 'http://lantern.example/a?b=c'],
  ['javascript:alert(1)', null],
  ['data:text/html,x', null],
  ['ftp://lantern.example/list', null],
  ['mailto:a@lantern.example', null],
  ['nowhere', null],
  ['https://lantern.example/a b', null],
  ['https://lantern.example/"><script>', null],
])('the web address %j is kept as %j', (typed, kept) => {
  expect(webAddressOf(typed)).toBe(kept)
})
