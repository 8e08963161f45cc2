import type { Attribute } from './hsds-attribute.rules.ts'
import { readContacts, readPartnerDetail } from './hsds-contact.rules.ts'
import type { Spot } from './hsds-field.rules.ts'
import { readPractical, readTerms } from './hsds-practical.rules.ts'
import type { ServiceOffer, ServiceTime } from './practical.ts'

/** Everything a file says of a service beyond its listing. */
export function readOffer(
  spot: Spot,
  attributes: readonly Attribute[],
  of: { readonly confidential: boolean; readonly times: readonly ServiceTime[] },
): ServiceOffer {
  return {
    practical: readPractical(spot, attributes, of.confidential),
    times: of.times,
    terms: readTerms(attributes),
    contacts: readContacts(spot),
    partner: readPartnerDetail(attributes),
  }
}
