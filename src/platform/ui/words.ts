import { createContext, useContext } from 'hono/jsx'

import { createWords, type RoomWords, type Words } from '#platform/i18n'

import es from './words.es.json' with { type: 'json' }
import uk from './words.uk.json' with { type: 'json' }
import us from './words.us.json' with { type: 'json' }

/** The few sentences that components say by themselves. */
export const uiWords: RoomWords = { uk, us, es }

const wordsFor = createWords([uiWords])
const Reader = createContext<Words>(wordsFor({ pack: 'uk' }))

/** Tells the components inside whom they speak to; a page's layout does this. */
export const WordsProvider = Reader.Provider

/** The components' own sentences, in the words of the reader of this page. */
export function useWords(): Words {
  return useContext(Reader)
}

/** The components' own sentences for the same reader as these words. */
export function ownWords(t: Words): Words {
  return wordsFor({
    pack: t.pack ?? 'uk',
    sector: t.sector,
    lang: t.lang?.startsWith('es') ? 'es' : 'en',
    timeZone: t.timeZone,
  })
}
