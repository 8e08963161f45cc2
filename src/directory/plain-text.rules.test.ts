import fc from 'fast-check'
import { parseFragment, type DefaultTreeAdapterTypes } from 'parse5'
import { expect, test } from 'vitest'
import { plainText } from './plain-text.rules.ts'

const text = (given: string) => plainText(given).text

test.each([
  ['<p>One&nbsp;line</p><p>Another</p>', 'One line\n\nAnother'],
  ['<p><br></p>', ''],
  ['First<br/>second<br><br>third', 'First\nsecond\n\nthird'],
  [
    'We offer:<ul><li>advice</li><li><p>support</p></li></ul><p>Call us</p>',
    'We offer:\n• advice\n• support\n\nCall us',
  ],
  ['<ol><li>Ring</li><li>Wait</li></ol>', '1. Ring\n2. Wait'],
  [
    '<table><tr><td>Monday</td><td>9 to 5</td></tr><tr><td>Tuesday</td><td>closed</td></tr></table>',
    'Monday 9 to 5\nTuesday closed',
  ],
  ['<div>a\n  b</div><div>c</div>', 'a b\nc'],
  ['Plain words\n\nand <b>bold</b>\nones', 'Plain words\n\nand bold\nones'],
])('lines and lists read well: %s', (given, expected) => {
  expect(text(given)).toBe(expected)
})

test.each([
  ['<script>alert(1)</script>Hello<style>p{color:red}</style>', 'Hello'],
  ['<script>if (a < b) { "</p>" }</script >after', 'after'],
  ['&lt;img src=x onerror=alert(1)&gt;Come in', 'Come in'],
  ['&amp;amp;lt;script&amp;amp;gt;x&amp;amp;lt;/script&amp;amp;gt;y', 'y'],
  ['&#60;b&#x3e;bold&#60/b&#62', 'bold'],
  ['before<!-- <b>hidden</b> -->after', 'beforeafter'],
  ['<![CDATA[<p>Kept</p>]]>', 'Kept'],
  ['<a href="javascript:alert(1)">Press</a>', 'Press'],
  ['<div style="background:url(javascript:x)" onclick="y()">Words</div>', 'Words'],
  ['cut in a tag <a href="https://exa', 'cut in a tag'],
  ['<<b>script>alert(1)<</b>/script>', ''],
  ['<o:p>office</o:p><v:shape id="x">words</v:shape>', 'officewords'],
  ['<svg onload=alert(1)><text>drawing</text></svg>after', 'after'],
  ['<iframe src="https://example.org">frame</iframe>after', 'after'],
])('nothing that a browser acts on is left: %s', (given, expected) => {
  expect(text(given)).toBe(expected)
})

test.each([
  [
    'Write to <help@example.org> or <https://example.org/?a=1&copy=2>',
    'Write to help@example.org or https://example.org/?a=1&copy=2',
  ],
  ['for <under 18s> with income <than 500', 'for under 18s with income < than 500'],
  ['5 < 6 && 7 > 3, R&D, AT&T;', '5 < 6 && 7 > 3, R&D, AT&T;'],
  ['Costs &pound;5 &ndash; &quot;pay as you can&quot;', 'Costs £5 – "pay as you can"'],
  ['\u0093It\u0092s free\u0094', '“It’s free”'],
  ['nought\0, tab\tand half \ud800 of a letter', 'nought, tab and half \ufffd of a letter'],
  ['<a href="https://example.org/form">Apply here</a>', 'Apply here (https://example.org/form)'],
  ['<a href="https://www.example.org/">www.example.org</a>', 'www.example.org'],
  ['<a href="mailto:help@example.org?subject=x">Write to us</a>', 'Write to us (help@example.org)'],
  ['<svg>unclosed words', 'unclosed words'],
])('words are kept that a careless reader loses: %s', (given, expected) => {
  expect(text(given)).toBe(expected)
})

test('embedded images of any size go, and the text around them stays', () => {
  const image = `<img src="data:image/png;base64,${'iVBORw0KGgo'.repeat(13_000)}">`
  expect(plainText(`Before ${image} after`)).toEqual({ text: 'Before after', html: true, cut: false })
  expect(text(`Before data:image/svg+xml;utf8,%3Csvg%3E after`)).toBe('Before after')
})

test('a text ends at a word, and never in the middle of a letter', () => {
  const read = plainText('Some words '.repeat(2_000))
  expect(read.cut).toBe(true)
  expect(read.text).toMatch(/^Some words .* (Some|words)…$/)
  expect(read.text.length).toBeLessThanOrEqual(8_000)
  expect(plainText('👪'.repeat(40), 60).text.isWellFormed()).toBe(true)
})

test.each([
  ['deep tags', '<div>'.repeat(200_000)],
  ['open angle brackets', '<'.repeat(500_000)],
  ['half tags', '<a '.repeat(200_000)],
  ['half addresses', '<a@'.repeat(200_000)],
  ['escapes', '&amp;'.repeat(200_000)],
  ['comments', '<!--'.repeat(200_000)],
  ['quotes', '<a href="'.repeat(100_000)],
  ['bold in bold', '<b><i>'.repeat(100_000)],
  ['one endless word', 'A'.repeat(20_000_000)],
])('%s do not hold up an import', (_, given) => {
  const started = performance.now()
  plainText(given)
  expect(performance.now() - started).toBeLessThan(3_000)
})

const fragment = fc.oneof(
  fc.constantFrom(
    ...'< > & " \' / ! - = ; # lt; gt; amp; &lt; &gt; &amp;lt; <p> </p> <script> </script> <!-- --> <![CDATA[ ]]> <svg> <style> </style> javascript: onerror= <a href=" <img src=x <br/> <li> <title> <textarea> <plaintext> <xmp> <template> &#60; &#x3c; &#0060 &lt &colon; data:text/html,'.split(
      ' ',
    ),
    ' ',
    '\n',
    '\0',
    '\ud800',
  ),
  fc.string({ maxLength: 6 }),
)

test('whatever is put together, a browser finds no element in what is left, and reading it again changes nothing', () => {
  fc.assert(
    fc.property(fc.array(fragment, { maxLength: 30 }), (parts) => {
      const { text: left } = plainText(parts.join(''))
      expect(elementsIn(parseFragment(left))).toEqual([])
      expect(plainText(left).text).toBe(left)
      expect(left.isWellFormed() && !left.includes('\0')).toBe(true)
    }),
    { seed: 20_261_127, numRuns: 4_000 },
  )
})

function elementsIn(node: DefaultTreeAdapterTypes.ParentNode): readonly string[] {
  return node.childNodes.flatMap((child) => (child.nodeName === '#text' ? [] : [child.nodeName]))
}
