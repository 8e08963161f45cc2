import uk from './words.uk.json' with { type: 'json' }
import us from './words.us.json' with { type: 'json' }

/** The sentences of the mails; the sender and the subject tell nothing. */
export const mailWords = { uk, us }
