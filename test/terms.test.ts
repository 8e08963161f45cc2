import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

import { sectors } from '#platform/access'
import {
  aboutTerm,
  meaningOf,
  readingName,
  readingOf,
  readings,
  readingsFor,
  recordLine,
  type Term,
  termName,
  terms,
  wordFor,
} from '#platform/i18n'

import { type Sentence, sentences } from './catalogues.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const pages = sentences(root).filter((one) => one.room !== 'i18n')
const packs = ['uk', 'us'] as const

/** The words of us-domain 8, each as the table names it. */
const asListed =
  'safety-plan assessment risk advocate confidential referral screening case-closed client capacity trauma-informed witness treatment protective-factor compliance emergency'

/** Sectors whose work has no reading of its own: they see all of them. */
const withoutReading = ['housing', 'conference', 'partnership', 'operator', 'other']

/** The table's last column says: never as a bare word, never as a field, never as a badge. */
const avoided =
  /\bcapacity\b|\bcomplian(?:ce|t)\b|\bnon-?complian|\bwitness(?:es|ed)?\b|\btrauma[- ]informed\b|\bprotective factors?\b|\bscreen(?:ing|ed)\b/i

/** How a word shows in a sentence, and where the pages that say it keep the note; a sentence without one gives its reason. */
const said: readonly { readonly term: Term; readonly shows: RegExp; readonly free: readonly RegExp[] }[] = [
  { term: 'safety-plan', shows: /\bsafety plan/i, free: [] },
  { term: 'assessment', shows: /\bassess/i, free: [] },
  {
    term: 'advocate',
    shows: /\badvoca(?:te|cy)/i,
    // The job written out; the names and jobs of invented people.
    free: [/domestic violence advocate/i, /^demo\./],
  },
  { term: 'treatment', shows: /\btreatment\b/i, free: [] },
  { term: 'client', shows: /\bclients?\b/i, free: [/\bhousing\.who-else\b/] },
  { term: 'confidential', shows: /\bconfidential\b/i, free: [] },
  { term: 'protective-factor', shows: /\bprotective factor/i, free: [] },
]

/** Where the sentences of a room are read: each page that says the word opens its meaning. */
const notes: Readonly<Record<string, string>> = {
  releases: 'src/referrals/sending-pick.view.tsx',
  intake: 'src/intake/bring.page.tsx',
  plans: 'src/plans/safety.page.tsx',
}

describe('the catalogue of words', () => {
  test('holds every word of the table', () => {
    expect(terms).toEqual(asListed.split(' '))
  })

  test.each(packs)(
    'says what each word means to each reading, what is done, and what is written: %s',
    (pack) => {
      for (const term of terms) {
        expect(termName(term, pack)).not.toBe('')
        expect(aboutTerm(term, pack)).toMatch(/\.$/)
        const meanings = readings.map((reading) => meaningOf(term, reading, pack))
        expect(meanings.filter((text) => !text.endsWith('.'))).toEqual([])
        expect(new Set(meanings).size).toBe(readings.length)
        for (const sector of sectors) expect(wordFor(term, sector, pack)).not.toMatch(/^$|\.$/)
      }
    },
  )

  test('gives every sector a reading, or says which have none', () => {
    expect(sectors.filter((sector) => readingOf(sector) === null)).toEqual(withoutReading)
    expect(readingsFor('child-welfare')[0]).toBe('child-welfare')
    expect(readingsFor('housing')).toEqual(readings)
    for (const sector of sectors) expect([...readingsFor(sector)].sort()).toEqual([...readings].sort())
    for (const pack of packs) for (const reading of readings) expect(readingName(reading, pack)).not.toBe('')
  })

  test('never writes for a record what its sector would hear wrongly', () => {
    for (const pack of packs) {
      expect(wordFor('referral', 'child-welfare', pack)).toBe('request for help')
      expect(recordLine('referral', 'child-welfare', pack)).toContain('not a report')
      for (const sector of ['mental-health', 'primary-care'] as const) {
        expect(wordFor('referral', sector, pack)).toContain('not an order')
        expect(recordLine('case-closed', sector, pack)).toContain('not a discharge')
      }
      expect(wordFor('case-closed', 'child-welfare', pack)).toContain('not an outcome')
      for (const sector of sectors) expect(recordLine('referral', sector, pack)).toMatch(/agreed|asked for/)
    }
    expect(recordLine('client', 'police', 'uk')).toBe('')
  })
})

describe('the pages', () => {
  test('use no word that the table says to avoid', () => {
    expect(pages.filter((one) => avoided.test(one.text)).map(where)).toEqual([])
    for (const text of [
      'Capacity: 3',
      'poor compliance',
      'a witness',
      'Trauma-informed care',
      'was screened',
    ])
      expect(text).toMatch(avoided)
  })

  test.each(said)('open the meaning of “$term” wherever they say it', ({ term, shows, free }) => {
    const says = pages.filter(
      (one) => shows.test(one.text) && !free.some((each) => each.test(one.text) || each.test(one.key)),
    )
    const strays = says.filter((one) => {
      const file = notes[one.room]
      return file === undefined || !notesIn(file).includes(term)
    })
    expect(strays.map(where)).toEqual([])
  })

  test.each([
    ['src/referrals/list.page.tsx', ['referral']],
    ['src/referrals/thread.view.tsx', ['referral', 'case-closed']],
    ['src/referrals/sending-pick.view.tsx', ['referral', 'safety-plan', 'risk']],
    ['src/releases/list.page.tsx', ['referral']],
    ['src/envelopes/crossed.page.tsx', ['referral']],
    ['src/parties/ledger.page.tsx', ['referral', 'case-closed']],
    ['src/people/menu.page.tsx', ['referral']],
    ['src/people/team.page.tsx', ['case-closed']],
    ['src/people/worker.page.tsx', ['case-closed']],
  ] as const)('%s opens the meaning of %s', (file, expected) => {
    expect(notesIn(file)).toEqual(expect.arrayContaining([...expected]))
  })
})

/** The words whose meaning a page opens. */
function notesIn(file: string): string[] {
  const text = readFileSync(`${root}/${file}`, 'utf8')
  return [...text.matchAll(/<TermNotes[\s\S]*?terms=\{\[([^\]]*)\]\}/g)].flatMap((match) =>
    [...(match[1] ?? '').matchAll(/'([\w-]+)'/g)].map((each) => each[1] ?? ''),
  )
}

function where(one: Sentence): string {
  return `${one.file} ${one.key}: ${one.text}`
}
