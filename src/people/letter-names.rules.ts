import type { CardRole } from './card.ts'

/** A name in a sentence, and who the words around it read like. */
export interface NameFound {
  readonly value: string
  readonly readsLike: CardRole | null
}

const word = "\\p{Lu}[\\p{L}'’-]{1,24}"
const name = `${word}(?: ${word}){0,2}`
/** Capital letters that begin no name of a person. */
const noName = new Set(
  `the dear kind yours re our your this that these those they their there when where what who how and but for from with his her
  she him you we it in on at to if as an my please thank thanks name date address telephone phone email monday tuesday wednesday
  thursday friday saturday sunday january february march april may june july august september october november december english
  british american refuge shelter house hospital surgery centre center clinic school court police council service services nhs gp
  domestic abuse mental health children child client patient referral perpetrator partner husband wife mother father son daughter
  urgent private confidential sincerely faithfully regards road street lane avenue mr mrs ms miss mx dr`.split(
    /\s+/,
  ),
)

const harm =
  /\b(hit|hits|hurt|hurts|beat|beats|beaten|kick\w*|punch\w*|slap\w*|strangl\w*|chok\w*|threat\w*|abus\w*|assault\w*|control\w*|stalk\w*|violen\w*|rap(?:e|ed|es)|afraid|scared|frighten\w*|terrif\w*|perpetrator|harass\w*|injur\w*|attack\w*)\b/iu
const kin =
  'ex-?husband|ex-?wife|ex-?partner|ex-?boyfriend|ex-?girlfriend|husband|wife|partner|boyfriend|girlfriend|fianc[ée]e?|stepfather|step-father|stepmother|father|mother|brother|uncle|cousin|in-law'

const patterns: readonly (readonly [RegExp, CardRole | null])[] = [
  [
    new RegExp(`\\b(?:perpetrator|abuser|suspect)(?: is| was)?[:,]? (?:Mrs? |Ms |Mx )?(${name})`, 'gu'),
    'personCausingHarm',
  ],
  [
    new RegExp(`\\b(?:by|of) (?:(?:his|her|their) (?:${kin})[, ]+)(?:Mr )?(${name})`, 'giu'),
    'personCausingHarm',
  ],
  [
    new RegExp(`\\b(?:afraid|scared|frightened|terrified) of (?:Mrs? |Ms )?(${name})`, 'gu'),
    'personCausingHarm',
  ],
  [
    new RegExp(
      `\\b(?:hurt|hit|beaten|threatened|abused|assaulted|attacked|harassed|stalked|controlled|strangled) by (?:Mrs? |Ms )?(${name})`,
      'gu',
    ),
    'personCausingHarm',
  ],
  [new RegExp(`\\b(?:${kin})[, ]+(?:called |named )?(?:Mr )?(${name})`, 'gu'), null],
  [
    new RegExp(
      `\\b(?:son|daughter|child|baby|boy|girl|children|sons|daughters)[:, ]+(?:called |named )?(${name})`,
      'gu',
    ),
    'child',
  ],
  [
    new RegExp(
      `\\b(?:[Nn]ame|[Cc]lient|[Pp]atient|[Rr]e|[Rr]eferral (?:for|of)|[Rr]eferring|[Ww]rit(?:e|ing) (?:to you )?about|[Rr]efer)[: ]+(?:Mrs? |Ms |Miss |Mx )?(${name})`,
      'gu',
    ),
    'survivor',
  ],
  [new RegExp(`\\b(?:called|named|name is) (${name})`, 'gu'), null],
  [new RegExp(`\\b(?:Mrs?|Ms|Miss|Mx)\\.? (${name})`, 'gu'), null],
]

/** The names in a sentence with who they read like; a name is told once, by the pattern that says most. */
export function namesIn(sentence: string): readonly NameFound[] {
  const found = new Map<string, CardRole | null>()
  for (const [pattern, reads] of patterns) {
    for (const match of sentence.matchAll(pattern)) {
      const value = plainName(match[1] ?? '')
      if (value === '' || found.has(value)) continue
      found.set(value, reads ?? (isKin(match[0]) && harm.test(sentence) ? 'personCausingHarm' : null))
    }
  }
  return [...found].map(([value, readsLike]) => ({ value, readsLike }))
}

/** The words of a name up to the first that is none; empty where the first is none. */
function plainName(text: string): string {
  const words = text.split(' ')
  const end = words.findIndex(
    (each) => !/^\p{Lu}/u.test(each) || noName.has(each.toLowerCase().replace(/['’]s$/, '')),
  )
  return words
    .slice(0, end < 0 ? words.length : end)
    .join(' ')
    .replace(/['’]s$/, '')
}

function isKin(text: string): boolean {
  return new RegExp(`^(?:${kin})\\b`, 'iu').test(text)
}
