import type { Words } from '#platform/i18n'

import type { Wish } from './wish.ts'
import type { WishKind } from './wish.rules.ts'

/** One wish in plain words: "Speaks: Polish", "No longer a wait than 4 weeks". */
export function wishText(t: Words, wish: Wish | { readonly about: string }): string {
  if ('oneOf' in wish) {
    const choices = wish.oneOf.map((choice) => wishChoice(t, wish.about, choice))
    return t(`people.wishes.says.${wish.about}`, { choices: t.list(choices) })
  }
  if ('is' in wish) return t(wish.is ? 'people.wishes.says.remote' : 'people.wishes.says.in-person')
  if ('atMost' in wish && wish.about === 'waitWeeks')
    return t('people.wishes.says.wait', { count: wish.atMost })
  return t('people.wishes.says.free')
}

/** What the directory calls a choice; a code nobody has words for is shown with blanks. */
export function wishChoice(t: Words, about: WishKind, choice: string): string {
  if (about === 'languages') return languageName(t, choice)
  const group = { ledBy: 'led-by', workerGender: 'worker-gender', modelOfWork: 'model' }[about as string]
  const key = `directory.${group ?? 'area'}.${choice}`
  return t.has(key) ? t(key) : choice.replaceAll('-', ' ')
}

/** A language by its code, in the reader’s own words; the code itself where nothing better is known. */
export function languageName(t: Words, code: string): string {
  const own = `people.wishes.language.${code}`
  if (t.has(own)) return t(own)
  try {
    return new Intl.DisplayNames([t.lang], { type: 'language' }).of(code) ?? code
  } catch {
    return code
  }
}
