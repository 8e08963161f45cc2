import type { Chance } from './chance.ts'

const nouns = [
  'advice',
  'counselling',
  'friendship',
  'gardening',
  'cooking',
  'walking',
  'art',
  'music',
  'carers',
  'debt',
  'housing',
  'parenting',
  'bereavement',
  'dementia',
  'youth',
  'toddler',
  'cleaning',
  'transport',
]
const kinds = ['group', 'service', 'club', 'project', 'drop-in', 'line', 'café', 'course', 'support', 'hub']
const places = [
  'Northmere',
  'Alder Vale',
  'Saltmarsh',
  'Kestrel Hill',
  'Millbrook',
  'Harbour Lane',
  'St Aldate’s',
]
const sentences = [
  'We help people who live in the area.',
  'Ring us before you come.',
  'You can come on your own or with somebody you trust.',
  'There is tea & cake.',
  'It costs £2 a time, children under 5 are free.',
  'The hall is on the ground floor.',
  'Domestic and commercial cleaning by friendly, insured cleaners.',
  'Volunteers give their time for nothing.',
  'Closed on bank holidays – see our page for dates.',
]

/** The name of a service that does not exist. */
export function nameBy({ one }: Chance): string {
  const noun = one(nouns)
  return `${one(places)} ${noun} ${one(kinds)}`
}

/** A description as editors of real feeds leave them: HTML of several makes, entities, pictures, office markup. */
export function describedBy(chance: Chance): string {
  const { one, in100, below } = chance
  const some = Array.from({ length: 2 + below(4) }, () => one(sentences))
  if (in100(6)) return some.join(' ')
  if (in100(4)) return some.join('\r\n\r\n')
  const escaped = some.map((each) =>
    each.replaceAll('&', '&amp;').replaceAll('£', '&pound;').replaceAll('–', '&ndash;'),
  )
  const html = one([htmlOfEditor, htmlOfOffice, htmlAsList, htmlInDivs])(escaped)
  const pictured = in100(3)
    ? `${html}<img src="data:image/png;base64,${'iVBORw0KGgoAAAANSUhEUgAA'.repeat(4_000)}" alt="">`
    : html
  if (in100(5)) return pictured.replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  if (in100(3)) return pictured.slice(0, -below(12))
  return in100(3) ? `${pictured}<script>window.location='https://example.org/'</script>` : pictured
}

function htmlOfEditor(lines: readonly string[]): string {
  return lines.map((line) => `<p>${line}&nbsp;</p>`).join('<p><br></p>')
}

function htmlInDivs(lines: readonly string[]): string {
  return `<div class="rich">${lines.map((line) => `<div><strong>${line}</strong></div>`).join('\n')}</div>`
}

function htmlAsList(lines: readonly string[]): string {
  return `<h2>What we do</h2><ul>${lines.map((line) => `<li>${line}</li>`).join('')}</ul><p>See <a href="https://example.org/more">our page</a>.</p>`
}

function htmlOfOffice(lines: readonly string[]): string {
  return `<!--[if gte mso 9]><xml><w:WordDocument></w:WordDocument></xml><![endif]--><style>p.MsoNormal {margin:0cm}</style>${lines
    .map((line) => `<p class="MsoNormal" style="margin:0cm"><span lang="EN-GB">${line}<o:p></o:p></span></p>`)
    .join('')}`
}
