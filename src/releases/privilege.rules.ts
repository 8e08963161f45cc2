import { packField } from './law-pack.rules.ts'
import type { LawPack } from './law-pack.ts'
import type { RoleId } from './sharing.ts'

/** How far an advocate's words are kept from a court here; what nobody has read is not counted on. */
export const privilegeClasses = ['protected', 'on-conditions', 'lost', 'not-counted'] as const
export type PrivilegeClass = (typeof privilegeClasses)[number]

const advocates: ReadonlySet<RoleId> = new Set(['DVA', 'COA', 'TRB'])

/**
 * The class of privilege for what this agency's advocates heard, and the row of the pack that says so. Police, a court or child welfare
 * as employer loses it; where the agency is no service of advocates there is none to count on.
 */
export function privilegeOf(
  law: LawPack | null,
  from: RoleId,
): { readonly class: PrivilegeClass; readonly row: string } {
  const read = packField(law, 'advocate-privilege')
  const { protects, notSupervisedBy, trainingHours, certified, ownSupervisor } = read.value
  if (!read.isSet || !protects) return { class: 'not-counted', row: read.row }
  if (!advocates.has(from) || notSupervisedBy.includes(from)) return { class: 'lost', row: read.row }
  const conditions = trainingHours > 0 || certified || ownSupervisor || notSupervisedBy.length > 0
  return { class: conditions ? 'on-conditions' : 'protected', row: read.row }
}
