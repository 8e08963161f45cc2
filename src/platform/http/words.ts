import type { RoomWords } from '#platform/i18n'

import uk from './words.uk.json' with { type: 'json' }
import us from './words.us.json' with { type: 'json' }

/** The sentences of the edge: errors, form messages, the page that loads itself once more. */
export const httpWords: RoomWords = { uk, us }
