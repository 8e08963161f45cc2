import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { type Sentence, sentences, sources } from './catalogues.ts'
import { longestSentence, readingGrades } from './reading.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const all = sentences(root)
const code = sources(root)
const uk = new Map(all.filter((one) => one.pack === 'uk').map((one) => [one.key, one.text]))

const gendered = /\b(?:s\/he|he\/she|she|he|him|her|hers|his|herself|himself)\b/i
const genderedSpanish = /(?<![\p{L}])(?:él|ella|ellos|ellas|nosotras|vosotras)(?![\p{L}])/iu

/** Words that tell whoever looks over a shoulder, or into a history, what a page is about (us-U8). */
const telling =
  /abus|violen|shelter|refuge|domestic|\bdv\b|\bipv\b|\bdva\b|victim|survivor|perpetrator|assault|\brape|crisis|harm|safe|escape|danger|marac|idva|anydoor/i

/** Rooms whose words are read by the person, not by staff. */
const calmRooms = ['survivors']

describe('the catalogues', () => {
  test('hold no gendered pronoun', () => {
    const found = all.filter(({ text, pack }) =>
      pack === 'es' ? genderedSpanish.test(text) : gendered.test(text),
    )
    expect(found.map(where)).toEqual([])
  })

  test('the search finds one where there is one', () => {
    for (const text of ['Ask her.', 'He said', 'S/he may', "It's HIS choice"]) expect(text).toMatch(gendered)
    for (const text of ['the other', 'where', 'this', 'share', 'history', 'ushers']) {
      expect(text).not.toMatch(gendered)
    }
    for (const text of ['Pregunte a ella.', 'Él dijo']) expect(text).toMatch(genderedSpanish)
    for (const text of ['el día', 'aquella']) expect(text).not.toMatch(genderedSpanish)
  })

  test('are named after their room, in both packs', () => {
    expect(all.filter((one) => one.key.split('.')[0] !== one.room).map(where)).toEqual([])
  })

  test('other packs only say differently what the UK pack says', () => {
    // What exists in one country only says so in its key: `rule.us-12`.
    const own = (one: Sentence) => one.key.split('.').some((part) => part.startsWith(`${one.pack}-`))
    const strays = all.filter((one) => one.pack !== 'uk' && !own(one) && !hasWords(one.key))
    expect(strays.map(where)).toEqual([])
  })

  test('other packs have no gap that the UK sentence lacks', () => {
    const strays = all.filter((one) => {
      const base = uk.get(one.key)
      return base !== undefined && gaps(one.text).some((gap) => !gaps(base).includes(gap))
    })
    expect(strays.map(where)).toEqual([])
  })

  test('hold no empty sentence, no markup, and no half-written gap', () => {
    const odd = all.filter(
      ({ text }) =>
        text.trim() === '' || /<[a-z/]/i.test(text) || /\{\{(?!\w+\}\})|(?<!\{\{\w{1,40})\}\}/.test(text),
    )
    expect(odd.map(where)).toEqual([])
  })
})

describe('the pages', () => {
  const used = code.flatMap(({ path, text }) =>
    [...text.matchAll(/\b(?:t|say|own|words|has)\(\s*'([a-z][\w-]*(?:\.[\w-]+)+)'/g)].map((match) => ({
      path,
      key: match[1] ?? '',
    })),
  )

  test('use only words that exist', () => {
    expect(used.filter(({ key }) => !hasWords(key))).toEqual([])
  })

  test('name only words that exist, also where a form or a menu names them', () => {
    const rooms = new Set(all.map((one) => one.room))
    const named = code
      // In stores the same shape is a column: `people.note.id`.
      .filter(({ path }) => !path.endsWith('.store.ts'))
      .flatMap(({ path, text }) =>
        [...text.matchAll(/'([a-z]+)((?:\.[a-z][\w-]*){2,})'/g)]
          .filter(([, room]) => rooms.has(room ?? ''))
          .map(([, room, rest]) => ({ path, key: `${room}${rest}` })),
      )
    expect(named.filter(({ key }) => !hasWords(key))).toEqual([])
  })

  test('the search for used words finds some', () => {
    expect(used.length).toBeGreaterThan(20)
  })

  test('have addresses that tell nothing', () => {
    const paths = code
      .filter(({ path }) => /(?:paths\.ts|routes\.ts|\.page\.tsx)$/.test(path))
      .flatMap(({ path, text }) =>
        [...text.matchAll(/['"`](\/[a-z][^'"`\s]*)['"`]/g)].map((match) => [path, match[1]]),
      )
      .filter(([, address]) => telling.test(address ?? ''))
    expect(paths).toEqual([])
  })

  test('have window titles that tell nothing', () => {
    for (const key of ['ui.page.neutral', 'http.again.title']) expect(uk.get(key)).not.toMatch(telling)
  })

  test('the list of telling words is not asleep', () => {
    for (const address of ['/refuge', '/p/safety', '/dv/help', '/anydoor']) expect(address).toMatch(telling)
    for (const address of ['/p/privacy', '/work', '/advice']) expect(address).not.toMatch(telling)
  })
})

describe('what the person reads', () => {
  const calm = all.filter((one) => calmRooms.includes(one.room) && one.pack !== 'es')

  test('has no sentence over 25 words', () => {
    expect(calm.filter((one) => longestSentence(one.text) > 25).map(where)).toEqual([])
  })

  test('is at grade 6 on the whole by two formulas, and no long sentence far above', () => {
    for (const pack of ['uk', 'us']) {
      const texts = calm.filter((one) => one.pack === pack).map((one) => one.text)
      if (texts.length === 0) continue
      const { syllables, letters } = readingGrades(texts.join('\n'))
      expect({ pack, syllables: syllables <= 6, letters: letters <= 6 }).toEqual({
        pack,
        syllables: true,
        letters: true,
      })
    }
    const hard = calm
      .filter((one) => one.text.split(' ').length >= 15)
      .filter((one) => Math.min(...Object.values(readingGrades(one.text))) > 8)
    expect(hard.map(where)).toEqual([])
  })

  test('claims nothing that leaving a page cannot do', () => {
    const claims =
      /\b(?:clears? (?:your|the) history|hides? (?:your|this)|makes? you safe|untraceable|nobody can see)\b/i
    expect(calm.filter((one) => claims.test(one.text)).map(where)).toEqual([])
  })
})

test('the grades tell plain words from official ones', () => {
  const plain = readingGrades('You can stop here. You can come back later. Nobody will ask you why.')
  const official = readingGrades(
    'Notwithstanding the aforementioned considerations, individuals are encouraged to familiarise themselves with applicable organisational procedures.',
  )
  expect(plain.syllables).toBeLessThan(4)
  expect(plain.letters).toBeLessThan(4)
  expect(official.syllables).toBeGreaterThan(14)
  expect(official.letters).toBeGreaterThan(14)
})

function hasWords(key: string): boolean {
  if (uk.has(key)) return true
  const start = `${key}_`
  return [...uk.keys()].some((known) => known.startsWith(start)) || variantOf(key)
}

// A sector's own word or a plural form stands beside the plain one: `key_school`, `key_other`.
function variantOf(key: string): boolean {
  const plain = key.replace(/_[\w-]+$/, '')
  return plain !== key && (uk.has(plain) || uk.has(`${plain}_other`))
}

function gaps(text: string): string[] {
  return [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? '')
}

function where(one: Sentence): string {
  return `${one.file} ${one.key}: ${one.text}`
}
