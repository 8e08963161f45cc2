export {
  sizeOf,
  stepOf,
  valueAt,
  rangeInWords,
  type Facet,
  type IntegerFacet,
  type ListedFacet,
  type Value,
} from './facet.ts'
export { problemLine, reading, refuse, shown, type Problem, type Reading } from './problem.ts'
export {
  constraintOf,
  facetIndex,
  holds,
  inRuns,
  readClauses,
  readCondition,
  readSituation,
  type Clause,
  type Clauses,
  type Condition,
  type Constraint,
  type Limit,
  type PartialSituation,
  type Situation,
} from './condition.ts'
export { intersectRuns, lengthOf, normalRuns, otherRuns, type Runs } from './runs.ts'
export { readSystem } from './read-system.ts'
export type { Agency, Need, Pathway, PathwayKind, Service, System } from './system.ts'
export {
  EVERYWHERE,
  NOWHERE,
  TooLarge,
  and,
  less,
  numberNode,
  or,
  orAll,
  plus,
  times,
  type Diagram,
  type Store,
} from './diagram.ts'
export {
  clauseDiagram,
  clausesDiagram,
  cutsOf,
  isCutAt,
  newModel,
  some,
  stepRuns,
  wholeCells,
  supportOf,
  type Axis,
  type Model,
  type ModelOptions,
} from './model.ts'
export { countOf, sumOf, weightOf, weightOfBoth, shareBetween, type Measure } from './measure.ts'
export {
  boxDiagram,
  pickRegions,
  regionInWords,
  someSituation,
  cubesOf,
  type Region,
  type Regions,
} from './region.ts'
export { massOf, type Root } from './mass.ts'
export { orderOf, siftedOrder } from './order.ts'
export { tellPart, type Tell } from './tell.ts'
