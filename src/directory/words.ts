import type { RoomWords } from '#platform/i18n'
import uk from './words.uk.json' with { type: 'json' }
import us from './words.us.json' with { type: 'json' }

/** The sentences of this room, for what is written out of it without a page. */
export const directoryWords: RoomWords = { uk, us }
