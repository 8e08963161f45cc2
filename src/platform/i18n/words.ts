import { createInstance, type i18n } from 'i18next'

import type { Pack } from '#platform/config'

import { dateWords, type DateWords } from './dates.ts'

/** A tree of sentences; a key is the path to a leaf, `people.menu.title`. */
export interface Catalogue {
  readonly [key: string]: string | Catalogue
}

/** One room's sentences under its own name: `uk` is complete, the others hold only what differs. */
export interface RoomWords {
  readonly uk: Catalogue
  readonly us?: Catalogue
  readonly es?: Catalogue
}

/** Whom a page speaks to. `sector` chooses a variant `key_sector` where there is one; `lang` defaults to English. */
export interface Reader {
  readonly pack: Pack
  readonly sector?: string | undefined
  readonly lang?: 'en' | 'es' | undefined
  readonly timeZone?: string | undefined
}

/** What stands in the gaps of a sentence; `count` chooses the plural form. */
export type WordVars = Readonly<Record<string, string | number>>

/** The words of one reader: call it for a sentence, ask it for dates, times and numbers. */
export interface Words extends DateWords {
  (key: string, vars?: WordVars): string
  /** Whether a sentence exists under this key for this reader. */
  has(key: string): boolean
  readonly pack: Pack
  readonly lang: string
  readonly dir: 'ltr' | 'rtl'
  readonly sector: string | undefined
  readonly timeZone: string
}

/** Gives the words for a reader; the same reader gets the same object. */
export type WordsFor = (reader: Reader) => Words

/** `strict` throws on a missing key (tests); otherwise the sentence is left out and `onMissing` is told. */
export interface WordOptions {
  readonly strict?: boolean
  readonly onMissing?: (key: string) => void
}

const timeZones: Readonly<Record<Pack, string>> = {
  uk: 'Europe/London',
  us: 'America/New_York',
}

/** Gathers every room's catalogues. Fails at once when two rooms claim one key. */
export function createWords(rooms: readonly RoomWords[], options: WordOptions = {}): WordsFor {
  const texts = createInstance()
  void texts.init({
    initAsync: false,
    lng: 'en-GB',
    load: 'currentOnly',
    fallbackLng: { 'en-US': ['en-GB'], 'es-US': ['en-US', 'en-GB'], 'es-GB': ['en-GB'] },
    nsSeparator: false,
    resources: {
      'en-GB': { translation: gather(rooms.map((room) => room.uk)) },
      'en-US': { translation: gather(rooms.map((room) => room.us ?? {})) },
      ...spanish(rooms),
    },
    // JSX escapes; a value is never read as a sentence of its own.
    interpolation: { escapeValue: false, skipOnVariables: true },
    // A branch comes back as an object and so counts as missing, instead of as a sentence about it.
    returnObjects: true,
  })
  const readers = new Map<string, Words>()
  return (reader) => {
    const id = [reader.pack, reader.sector, reader.lang, reader.timeZone].join('|')
    const known = readers.get(id)
    if (known) return known
    const words = wordsOf(texts, reader, options)
    readers.set(id, words)
    return words
  }
}

function wordsOf(texts: i18n, reader: Reader, options: WordOptions): Words {
  const lang = `${reader.lang ?? 'en'}-${reader.pack === 'us' ? 'US' : 'GB'}`
  const timeZone = reader.timeZone ?? timeZones[reader.pack]
  const say = texts.getFixedT(lang)
  const context = reader.sector
  const strict = options.strict ?? 'VITEST' in process.env
  const plain = new Map<string, string>()

  const speak = (key: string, vars: WordVars): string => {
    const asked = { ...vars, ...(context !== undefined && { context }), lng: lang, nest: false }
    if (texts.exists(key, asked)) {
      const sentence: unknown = say(key, asked)
      if (typeof sentence === 'string') return sentence
    }
    if (strict) throw new Error(`no words under the key ${key}`)
    options.onMissing?.(key)
    return ''
  }
  const t = (key: string, vars?: WordVars): string => {
    if (vars) return speak(key, vars)
    const known = plain.get(key)
    if (known !== undefined) return known
    const sentence = speak(key, {})
    plain.set(key, sentence)
    return sentence
  }
  const facts = { pack: reader.pack, lang, dir: directionOf(lang), sector: context, timeZone }
  return Object.assign(t, dateWords(lang, timeZone), facts, {
    has: (key: string) => texts.exists(key, { lng: lang, ...(context !== undefined && { context }) }),
  })
}

function directionOf(lang: string): 'ltr' | 'rtl' {
  return new Intl.Locale(lang).getTextInfo().direction === 'rtl' ? 'rtl' : 'ltr'
}

function spanish(rooms: readonly RoomWords[]) {
  const translation = gather(rooms.map((room) => room.es ?? {}))
  return { 'es-US': { translation }, 'es-GB': { translation } }
}

function gather(catalogues: readonly Catalogue[]): Catalogue {
  const whole: Record<string, string | Catalogue> = {}
  for (const catalogue of catalogues) {
    for (const [key, value] of Object.entries(catalogue)) {
      if (key in whole) throw new Error(`two rooms claim the words under ${key}`)
      whole[key] = value
    }
  }
  return whole
}
