import type { Room } from '#platform/http'
import { fhirApi } from './fhir.api.ts'
import { exchangeWords } from './words.ts'

/** The open interfaces: what other systems read of the public directory. */
export const room: Room = {
  words: exchangeWords,
  mount(app) {
    app.route('/', fhirApi)
  },
}
