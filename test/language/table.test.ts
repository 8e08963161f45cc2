import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'

import { hintsIn, parts, rows, saidOf } from '#language/hints'

import { sentences, sources } from '../catalogues.ts'
import examples from './examples.json' with { type: 'json' }

const root = fileURLToPath(new URL('../..', import.meta.url))
const sourceTexts = JSON.parse(readFileSync(`${root}/src/language/sources.json`, 'utf8')) as Record<
  string,
  string
>
const gendered = /\b(?:she|he|him|her|hers|his|herself|himself)\b/i

const texts = z.array(z.string().min(1)).min(1)
const Nearby = z.strictObject({ words: z.string().min(1), within: z.int().min(1).max(20) })
const Variant = z.strictObject({
  patterns: texts.optional(),
  why: z.string().min(1).optional(),
  suggest: texts.optional(),
})
const Row = z.strictObject({
  id: z.string().regex(/^[a-z]+(-[a-z]+)*$/),
  row: z.int(),
  severity: z.literal([1, 2]),
  patterns: texts,
  unless: texts.optional(),
  near: Nearby.optional(),
  unlessNear: Nearby.optional(),
  least: z.int().min(2).optional(),
  why: z.string().min(1).max(100),
  suggest: texts,
  uk: Variant.optional(),
  us: Variant.optional(),
  source: z.string(),
})
const Part = z.strictObject({
  group: z.string(),
  owner: z.string().min(1),
  reviewedOn: z.iso.date(),
  rows: z.array(Row).min(5),
})

describe('the table', () => {
  test('is whole: 132 rows, each with id, patterns, severity, why, suggestion and source; owner and review date beside', () => {
    for (const part of parts) Part.parse(part)
    expect(rows.map((row) => row.row)).toEqual(Array.from({ length: 132 }, (_, index) => index + 1))
    expect(new Set(rows.map((row) => row.id)).size).toBe(132)
    expect(rows.filter((row) => sourceTexts[row.source] === undefined).map((row) => row.id)).toEqual([])
    expect(Object.keys(sourceTexts).filter((key) => !rows.some((row) => row.source === key))).toEqual([])
  })

  test('has a sentence that each row finds and one that it leaves alone', () => {
    expect(Object.entries(examples).map(([id, { row }]) => [id, row])).toEqual(
      rows.map((row) => [row.id, row.row]),
    )
  })

  test('says nothing with a gendered pronoun, in either country', () => {
    for (const country of ['uk', 'us'] as const) {
      const said = rows.map((row) => saidOf(row, country)).flatMap(({ why, suggest }) => [why, ...suggest])
      expect(said.filter((text) => gendered.test(text))).toEqual([])
    }
  })
})

/** What this program itself says with a word of the table, and why it stays. */
const saidByUs: Readonly<Record<string, string>> = {
  'directory.organization.report-hint': 'what a law on reporting asks, as that law asks it',
  'family.refused.own-entry': 'the name of a rule',
  'family.refused.review-first': 'the name of a rule',
  'family.review.waits': 'the name of a rule',
  'people.card.review-first': 'the name of a rule',
  'releases.decision.label.offence': 'the word of the law on offence data',
  'releases.decision.label.offenceData': 'the word of the law on offence data',
  'releases.decision.problem.missing-offence': 'the word of the law on offence data',
  'releases.decision.problem.missing-offenceData': 'the word of the law on offence data',
}

test('no label, hint, template or sentence of ours blames, in either country', () => {
  const blaming = sentences(root).flatMap(({ key, pack, text }) =>
    hintsIn(text, { country: pack === 'us' ? 'us' : 'uk' }).length > 0 ? [key] : [],
  )
  expect([...new Set(blaming)].toSorted()).toEqual(Object.keys(saidByUs))
})

/** Fields of the pages for staff that stay without the helper, and why. */
const ownWords: Readonly<Record<string, string>> = {
  'src/people/call.page.tsx': 'what somebody on the phone wants, in their words',
  'src/people/letter.page.tsx': 'a letter as it came: the words of who wrote it',
  'src/people/careful.page.tsx': 'whom the person fears and trusts, as the person says it',
  'src/people/known.page.tsx': 'names of people whom a worker knows, and nothing about them',
  'src/people/needs.page.tsx': 'needs in the words of the person',
  'src/people/progress.page.tsx': 'how each need is now, in the words of the person',
  'src/people/wishes.page.tsx': 'wishes in the words of the person',
  'src/asks/correction.page.tsx': 'what the person says is wrong, and what it should say',
  'src/asks/correction.view.tsx': 'the statement of the person; the reason of the agency has the helper',
  'src/asks/letter.page.tsx': 'what somebody else asks for, and an address; the answer has the helper',
  'src/referrals/not-for.view.tsx': 'for whom it is not, as agreed with the person',
  'src/light/answer.view.tsx':
    'written at an office by a link: the helper’s second look needs a member’s request',
  'src/grounds/court-new.page.tsx': 'the names on a court paper',
  'src/grounds/order.view.tsx': 'the words of a court order',
  'src/diary/closing-form.view.tsx': 'how it ended in the words of the person, and how they come back to us',
  'src/family/own-words.page.tsx': 'what each of a family says and wishes, in their words',
  'src/intake/about.page.tsx': 'what a form of the agency is for; nobody is in it',
  'src/intake/bring.page.tsx': 'a form brought from elsewhere, as its file says it',
  'src/intake/item-form.view.tsx': 'a question of a form of the agency; nobody is in it',
  'src/plans/child.page.tsx': 'what the survivor says about the child; what staff write has the helper',
  'src/plans/safety.page.tsx': 'a plan that the person makes, in their words',
  'src/plans/suicide.page.tsx': 'a plan that the person makes, in their words',
}

/** Where no long field is about a person: the parts pages are made of, the helper itself, and what services say of themselves. */
const elsewhere = /^src\/(platform|language|directory)\//

test('every long field has the helper, or a reason why not', () => {
  const bare = sources(root)
    .filter(({ path }) => !elsewhere.test(path))
    .filter(({ text }) => /<(TextArea|CharacterCount)\b/.test(text))
    .map(({ path }) => path)
  expect(bare.toSorted()).toEqual(Object.keys(ownWords).toSorted())
})

/** Pages whose own route does not give the text back, and why. */
const unasked: Readonly<Record<string, string>> = {
  'src/people/case.page.tsx': 'its form goes to the notes, which ask',
  'src/grounds/danger-new.page.tsx': 'nothing stands between somebody and an emergency; its review asks',
  'src/grounds/glass.page.tsx': 'nothing stands between somebody and an emergency; its review asks',
}

test('every page that draws such a field has a route that asks', () => {
  const code = sources(root)
  const rooms = [
    ...new Set(code.filter(({ text }) => text.includes('<AboutText')).map(({ path }) => path.split('/')[1])),
  ]
  expect(rooms.toSorted()).toEqual([
    'accountability',
    'asks',
    'diary',
    'family',
    'grounds',
    'helping',
    'intake',
    'people',
    'plans',
    'referrals',
    'releases',
    'together',
  ])
  for (const { path, text } of code) {
    if (!path.endsWith('.page.tsx') || !text.includes('<AboutText')) continue
    expect([path, text.includes('askOnce')]).toEqual([path, !(path in unasked)])
  }
})
