import { languageFound, readLetter, yearsFound } from './letter.rules.ts'
import type { Answers } from './situation.ts'
import type { CaseFile } from './case.ts'
import type { Note } from './note.ts'
import { type QuestionGroup, type Told, type ToldAnswer } from './told.ts'

const groups: Readonly<Record<string, QuestionGroup>> = {
  who: 'person',
  age: 'person',
  gender: 'person',
  agreement: 'person',
  abuse: 'abuse',
  risk: 'abuse',
  proceedings: 'abuse',
  severity: 'health',
  weeks: 'health',
  complex: 'health',
  tried: 'health',
  suicide: 'health',
  substance: 'health',
  'health-door': 'health',
  'other-help': 'health',
  home: 'home',
  'same-home': 'home',
  safeguarding: 'children',
  sons: 'children',
  school: 'children',
  baby: 'children',
}

/** The group in which a repeat of this question counts. */
export function groupOf(question: string): QuestionGroup {
  if (question === 'language' || question === 'contact') return question
  return groups[question] ?? 'person'
}

/** The question that something told would answer. */
export function questionOf(answer: ToldAnswer): string {
  return answer.about === 'detail' ? answer.facet : answer.about
}

/** What the referral letters among the notes say. What came from one sender on one day is one letter, in however many parts it is kept. */
export function toldInLetters(notes: readonly Pick<Note, 'id' | 'words' | 'letter'>[]): readonly Told[] {
  const parts = Map.groupBy(
    notes.filter(({ letter }) => letter !== null),
    ({ letter }) => JSON.stringify(letter),
  )
  return [...parts.values()].flatMap((letter) => {
    const [first] = letter
    if (first === undefined || first.letter === null) return []
    return toldInLetter(letter.map(({ words }) => words).join('\n'), first.letter, first.id)
  })
}

/** What a kept referral letter says that a question of a case would ask; two ages in one letter are nobody’s. */
export function toldInLetter(
  words: string,
  letter: { readonly from: string; readonly on: string },
  source: string,
): readonly Told[] {
  const { found } = readLetter(words)
  const from = { how: 'letter' as const, who: letter.from, on: letter.on }
  const ages = [...new Set(found.flatMap((each) => (each.kind === 'age' ? [yearsFound(each.value)] : [])))]
  const [age] = ages
  const languages = found.filter((each) => each.kind === 'language')
  const [language] = languages
  return [
    ...(age === undefined || ages.length > 1
      ? []
      : [{ source, from, answer: { about: 'detail' as const, facet: 'age', value: age * 12 } }]),
    ...(language === undefined || languages.length > 1
      ? []
      : [
          {
            source,
            from,
            answer: {
              about: 'language' as const,
              language: languageFound(language.value),
              interpreter: language.interpreter,
            },
          },
        ]),
  ]
}

/**
 * What to offer instead of asking: only what this case does not say yet, the newest of each question. Where the person would not
 * say it here, or put it off, what they said elsewhere is not held up to them.
 */
export function offersFor(
  told: readonly Told[],
  file: Pick<CaseFile, 'answers' | 'accessNeeds' | 'contact'>,
): readonly Told[] {
  const newest = told.toSorted((a, b) => b.from.on.localeCompare(a.from.on))
  const seen = new Set<string>()
  return newest.filter(({ answer }) => {
    const question = questionOf(answer)
    if (seen.has(question) || !isMissing(question, file)) return false
    seen.add(question)
    return true
  })
}

/** Whether a case still has to ask a question. */
export function isMissing(
  question: string,
  file: Pick<CaseFile, 'answers' | 'accessNeeds' | 'contact'>,
): boolean {
  if (question === 'language')
    return (file.accessNeeds?.language ?? '') === '' && (file.contact?.language ?? '') === ''
  if (question === 'contact') return file.contact === null
  return isOpen(file.answers, question)
}

function isOpen(answers: Answers, facet: string): boolean {
  const state = answers[facet]?.state
  return state === undefined || state === 'unknown' || state === 'not-private'
}
