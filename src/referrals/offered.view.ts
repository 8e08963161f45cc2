import type { ServiceDetail } from '#directory'
import type { Words } from '#platform/i18n'
import { type HeldItem, heldItems, helperItems } from '#releases'

import type { Desk } from './sending.actions.ts'
import { facetsAsked } from './sending.rules.ts'

/** Everything that a case could let go along to a service under a permission, who else helps too. */
export function offeredItems(
  t: Words,
  { file, safetyPlan }: Pick<Desk, 'file' | 'safetyPlan'>,
  service: Pick<ServiceDetail, 'thresholds'> | null,
): readonly HeldItem[] {
  const asked = service === null ? new Set<string>() : facetsAsked(service)
  return [...heldItems(t, file, asked, safetyPlan), ...helperItems(t, file)]
}
