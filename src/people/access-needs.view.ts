import type { Words } from '#platform/i18n'

import { type AccessNeeds, accessParts, spokenHere } from './access-needs.ts'
import { toldText } from './told-text.view.ts'
import { languageName } from './wish.view.ts'

/** What somebody needs to take part, in short sentences; none while nobody asked. */
export function accessSentences(t: Words, access: AccessNeeds | null): readonly string[] {
  if (access === null) return []
  const about = (part: string, text: string) =>
    text === '' ? [] : [t('people.access.says.part', { part: t(`people.access.${part}`), text })]
  return [
    ...(access.language === ''
      ? []
      : [t('people.access.says.language', { language: spokenAs(t, access.language, access.dialect) })]),
    ...(access.from === undefined ? [] : [toldText(t, access.from)]),
    ...(access.interpreter === 'not-known' ? [] : [interpreterSentence(t, access)]),
    ...about('interpreterName', access.interpreterName),
    ...about('notInterpret', access.notInterpret),
    ...accessParts.flatMap((part) => about(part, access[part])),
    ...about('notAvailable', access.notAvailable),
  ]
}

/** What is asked of an interpreter, in one line. */
export function interpreterLine(t: Words, asked: Pick<AccessNeeds, 'dialect' | 'interpreterGender'>): string {
  const parts = [
    asked.dialect,
    asked.interpreterGender === 'either' ? '' : t(`people.access.gender-${asked.interpreterGender}`),
  ]
  return parts
    .filter((part) => part !== '')
    .join(', ')
    .slice(0, 200)
}

/** The languages to choose from, by name; one that is kept and not among them stays. */
export function languageChoices(t: Words, kept: string): readonly { value: string; text: string }[] {
  const codes = kept === '' || spokenHere.some((code) => code === kept) ? spokenHere : [...spokenHere, kept]
  return codes
    .map((value) => ({ value, text: languageName(t, value) }))
    .toSorted((a, b) => a.text.localeCompare(b.text, t.lang))
}

function spokenAs(t: Words, language: string, dialect: string): string {
  const name = languageName(t, language)
  return dialect === '' ? name : `${name} (${dialect})`
}

function interpreterSentence(t: Words, access: AccessNeeds): string {
  if (access.interpreter === 'no') return t('people.access.says.no-interpreter')
  return access.interpreterGender === 'either'
    ? t('people.access.says.interpreter')
    : t('people.access.says.interpreter-who', { who: t(`people.access.gender-${access.interpreterGender}`) })
}
