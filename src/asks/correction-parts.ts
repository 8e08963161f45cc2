import type { ItemKindId } from '#releases'

import type { CorrectionBody } from './ask.ts'

/** Which items of a release tell of a part of the case; a part that is none tells nobody. */
export const releaseItemKinds: Readonly<Record<CorrectionBody['part'], readonly ItemKindId[]>> = {
  name: ['name-to-use'],
  contact: ['safe-contact'],
  needs: ['what-they-want'],
  details: ['matching-detail'],
  wishes: ['access-needs', 'own-words'],
  notes: ['short-summary'],
  other: [],
}
