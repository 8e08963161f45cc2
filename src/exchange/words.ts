import type { RoomWords } from '#platform/i18n'
import uk from './words.uk.json' with { type: 'json' }
import us from './words.us.json' with { type: 'json' }

/** The sentences of this room. */
export const exchangeWords: RoomWords = { uk, us }
