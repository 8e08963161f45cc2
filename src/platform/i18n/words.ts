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
  const context = reader.sector
  const strict = options.strict ?? 'VITEST' in process.env
  const plurals = new Intl.PluralRules(lang)
  const templates = new Map<string, string>()

  const find = (key: string, count: number | undefined): string => {
    const asked = {
      lng: lang,
      skipInterpolation: true,
      ...(context !== undefined && { context }),
      ...(count !== undefined && { count }),
    }
    const found: unknown = texts.exists(key, asked) ? texts.t(key, asked) : undefined
    if (typeof found === 'string') return found
    if (strict) throw new Error(`no words under the key ${key}`)
    options.onMissing?.(key)
    return ''
  }
  // A long list says the same sentence for each row: looking it up once makes it a hundred times as fast.
  const t = (key: string, vars?: WordVars): string => {
    const count = typeof vars?.['count'] === 'number' ? vars['count'] : undefined
    const id = count === undefined ? key : `${key} ${count === 0 ? 'zero' : plurals.select(count)}`
    let template = templates.get(id)
    if (template === undefined) {
      template = find(key, count)
      templates.set(id, template)
    }
    if (!template.includes('{{')) return template
    return filled(template, vars ?? {}, strict ? key : null)
  }
  const facts = { pack: reader.pack, lang, dir: directionOf(lang), sector: context, timeZone }
  return Object.assign(t, dateWords(lang, timeZone), facts, {
    has: (key: string) => texts.exists(key, { lng: lang, ...(context !== undefined && { context }) }),
  })
}

// Values go in last and are looked at no further, so nothing a person typed is read as a gap.
function filled(template: string, vars: WordVars, strictKey: string | null): string {
  return template.replaceAll(/\{\{(\w+)\}\}/g, (_gap, name: string) => {
    const value = vars[name]
    if (value === undefined && strictKey !== null) throw new Error(`nothing for ${name} in ${strictKey}`)
    return String(value ?? '')
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
