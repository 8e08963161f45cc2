import {
  EVERYWHERE,
  NOWHERE,
  and,
  clauseDiagram,
  less,
  sizeOf,
  some,
  supportOf,
  type Clause,
  type Diagram,
  type Service,
  type System,
} from '#engine/space'
import { comesFirst, solutionOf, takesAt, type Asked } from './asked.ts'
import { relation, type Cube } from './clause-index.ts'

/** What one service says to one partly known situation. */
export type Explanation =
  | {
      readonly service: string
      readonly verdict: 'takes'
      readonly clause: number | null
      readonly settledBy: readonly string[]
    }
  | { readonly service: string; readonly verdict: 'depends'; readonly questions: readonly string[] }
  | {
      readonly service: string
      readonly verdict: 'no'
      /** The clause that comes nearest, with the fewest blocking facets; null when the service accepts no one. */
      readonly clause: number | null
      readonly blocks: readonly string[]
      readonly because: 'closed' | 'accepts' | 'after'
      /** Needs that would have to be covered first, when `because` is `after`. */
      readonly after: readonly string[]
    }

/** What the service with this number says; exact over everything still possible. */
export function explainOne(asked: Asked, number: number): Explanation {
  return (asked.cubes === null ? null : fromCubes(asked, number, asked.cubes)) ?? fromDiagram(asked, number)
}

/** How the clauses of a service stand to the boxes; null where they stand differently, and only the diagrams can tell. */
function fromCubes(asked: Asked, number: number, [cube, ...others]: readonly Cube[]): Explanation | null {
  const { system } = asked.index
  const service = system.services[number] as Service
  const first = comesFirst(asked, number)
  if (cube === undefined || !service.open || first !== 'done') return null
  const clauses = service.accepts.map((clause) => standing(system, clause, cube))
  if (
    !others.every((other) =>
      service.accepts.every((clause, i) => alike(clauses[i], standing(system, clause, other))),
    )
  )
    return null
  const whole = clauses.findIndex((one) => one.blocked.length === 0 && one.open.length === 0)
  if (whole >= 0) {
    const facets = service.accepts[whole]?.map((limit) => limit.facet) ?? []
    return { service: service.id, verdict: 'takes', clause: whole, settledBy: named(system, facets) }
  }
  const open = clauses.filter((one) => one.blocked.length === 0)
  const [only] = open
  if (open.length === 1 && only !== undefined)
    return { service: service.id, verdict: 'depends', questions: named(system, only.open) }
  if (open.length > 1) return null
  let clause = 0
  for (const [i, one] of clauses.entries())
    if (one.blocked.length < (clauses[clause]?.blocked.length ?? 0)) clause = i
  const blocks = clauses[clause]?.blocked ?? []
  return {
    service: service.id,
    verdict: 'no',
    clause: clauses.length === 0 ? null : clause,
    blocks: named(system, blocks),
    because: 'accepts',
    after: [],
  }
}

interface Standing {
  readonly blocked: readonly number[]
  readonly open: readonly number[]
}

function alike(a: Standing | undefined, b: Standing): boolean {
  return a !== undefined && a.blocked.join() === b.blocked.join() && a.open.join() === b.open.join()
}

function standing(system: System, clause: Clause, cube: Cube): Standing {
  const blocked: number[] = []
  const open: number[] = []
  for (const limit of clause) {
    const whole = [0, sizeOf(system.facets[limit.facet] as System['facets'][number]) - 1]
    const how = relation(limit, cube[limit.facet] ?? whole)
    if (how === 'blocked') blocked.push(limit.facet)
    else if (how === 'open') open.push(limit.facet)
  }
  return { blocked: blocked.sort((a, b) => a - b), open: open.sort((a, b) => a - b) }
}

function fromDiagram(asked: Asked, number: number): Explanation {
  const { system, model } = asked.index
  const service = system.services[number] as Service
  const { store } = model
  const taken = takesAt(asked.index, number)
  const yes = and(store, asked.left, taken)
  if (yes === NOWHERE) return refusal(asked, number)
  const no = less(store, asked.left, taken)
  if (no !== NOWHERE) return { service: service.id, verdict: 'depends', questions: questions(asked, yes, no) }
  const clause = service.accepts.findIndex(
    (one) => less(store, asked.left, clauseDiagram(model, one)) === NOWHERE,
  )
  const settledBy =
    clause < 0 ? [] : named(system, service.accepts[clause]?.map((limit) => limit.facet) ?? [])
  return { service: service.id, verdict: 'takes', clause: clause < 0 ? null : clause, settledBy }
}

/** The smallest set of facets whose answers, whatever they are, tell yes from no; ties in file order. */
function questions(asked: Asked, yes: Diagram, no: Diagram): readonly string[] {
  const { model, system } = asked.index
  const { store, axes } = model
  const levels = new Set([...supportOf(store, yes), ...supportOf(store, no)])
  const open = [...levels]
    .map((level) => (axes[level] as (typeof axes)[number]).facet)
    .filter((facet) => asked.situation[system.facets[facet]?.id ?? ''] === undefined)
    .sort((a, b) => a - b)
  const settles = (chosen: readonly number[]) => {
    const forgotten = new Uint8Array(axes.length).fill(1)
    for (const facet of chosen) forgotten[model.levelOf[facet] ?? 0] = 0
    return and(store, some(store, yes, forgotten), some(store, no, forgotten)) === NOWHERE
  }
  // A facet without which all the others do not settle it is in every answer.
  const needed = open.filter((facet) => !settles(open.filter((other) => other !== facet)))
  if (settles(needed)) return named(system, needed)
  const spare = open.filter((facet) => !needed.includes(facet))
  for (let size = 1; size <= spare.length; size++) {
    for (const extra of choices(spare, size)) {
      const chosen = [...needed, ...extra].sort((a, b) => a - b)
      if (settles(chosen)) return named(system, chosen)
    }
  }
  return named(system, open)
}

/** Every choice of `size` items, in the order of the items. */
function* choices(items: readonly number[], size: number, from = 0): Generator<readonly number[]> {
  if (size === 0) yield []
  for (let i = from; size > 0 && i <= items.length - size; i++) {
    for (const rest of choices(items, size - 1, i + 1)) yield [items[i] as number, ...rest]
  }
}

function refusal(asked: Asked, number: number): Explanation {
  const { system } = asked.index
  const service = system.services[number] as System['services'][number]
  let nearest: { readonly clause: number; readonly blocks: readonly number[] } | null = null
  for (const [clause, limits] of service.accepts.entries()) {
    const blocks = blocksOf(asked, limits)
    if (nearest === null || blocks.length < nearest.blocks.length) nearest = { clause, blocks }
    if (blocks.length === 0) break
  }
  const accepted = nearest !== null && nearest.blocks.length === 0
  return {
    service: service.id,
    verdict: 'no',
    clause: nearest?.clause ?? null,
    blocks: named(system, nearest?.blocks ?? []),
    because: service.open ? (accepted ? 'after' : 'accepts') : 'closed',
    after: service.open && accepted ? uncovered(asked, number) : [],
  }
}

/** The fewest facets of the clause to set aside so that something still possible would be accepted. */
function blocksOf(asked: Asked, clause: Clause): readonly number[] {
  const { model } = asked.index
  const fits = (limits: Clause) => and(model.store, asked.left, clauseDiagram(model, limits)) !== NOWHERE
  const alone = clause.filter((limit) => !fits([limit])).map((limit) => limit.facet)
  const rest = clause.filter((limit) => !alone.includes(limit.facet))
  const facets = rest.map((limit) => limit.facet).sort((a, b) => a - b)
  for (let size = 0; size < facets.length; size++) {
    for (const extra of choices(facets, size)) {
      if (!fits(rest.filter((limit) => !extra.includes(limit.facet)))) continue
      return [...alone, ...extra].sort((a, b) => a - b)
    }
  }
  return [...alone, ...(facets.length === 0 ? [] : facets)].sort((a, b) => a - b)
}

function uncovered(asked: Asked, number: number): readonly string[] {
  const { system, model } = asked.index
  const after = system.services[number]?.after ?? []
  return after
    .filter(
      (need) =>
        less(model.store, asked.left, solutionOf(asked.index).cover.covered[need] ?? EVERYWHERE) !== NOWHERE,
    )
    .map((need) => system.needs[need]?.id ?? '')
}

function named(system: System, facets: readonly number[]): readonly string[] {
  return facets.map((facet) => system.facets[facet]?.id ?? '')
}
