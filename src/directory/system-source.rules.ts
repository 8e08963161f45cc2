import type { Condition, PathwayKind } from '#engine/space'
import { facets, needs, possible } from './facet.ts'

/** The live directory as it is read: two JSON lists as text, and the pathways that are open now. */
export interface SystemSource {
  readonly pack: 'uk' | 'us' | null
  readonly agencies: string
  readonly services: string
  readonly pathways: readonly {
    readonly from: string
    readonly to: string
    readonly kind: PathwayKind
    readonly when: readonly unknown[]
  }[]
}

/** The source as a service-system file. Pathways from agencies that are not in it are left out. */
export function systemOfSource({ pack, agencies, services, pathways }: SystemSource) {
  const doors = JSON.parse(agencies) as readonly { readonly id: string }[]
  const known = new Set(doors.map((agency) => agency.id))
  return {
    name: pack === null ? 'The live directory' : `The live directory (${pack})`,
    facets,
    possible,
    needs: needs.map(({ id, label, arises }) => ({ id, label, ...(arises === null ? {} : { arises }) })),
    agencies: doors,
    services: JSON.parse(services) as readonly Readonly<Record<string, unknown>>[],
    pathways: pathways.filter((path) => known.has(path.from)),
    weightsFrom: 'No weights: every value of a facet counts alike. Set your own before you quote a share.',
  }
}

/** The file with the clauses of some services as they are done in practice, whatever a rule says. */
export function practised(
  file: ReturnType<typeof systemOfSource>,
  practices: ReadonlyMap<string, readonly Condition[]>,
): ReturnType<typeof systemOfSource> {
  const services = file.services.map((service) => {
    const accepts = practices.get(String(service['id']))
    return accepts === undefined ? service : { ...service, accepts }
  })
  return { ...file, name: `${file.name}, as practised`, services }
}
