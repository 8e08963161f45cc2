import type { Room } from '#platform/http'
import { fhirApi } from './fhir.api.ts'
import uk from './words.uk.json' with { type: 'json' }
import us from './words.us.json' with { type: 'json' }

/** The open interfaces: what other systems read of the public directory. */
export const room: Room = {
  words: { uk, us },
  mount(app) {
    app.route('/', fhirApi)
  },
}
