export { deadEndsOf, type DeadEnd } from './dead-ends.ts'
export { LONGEST_LOOP, loopsOf, type Loop } from './loops.ts'
export { reachAtLast, type Reach } from './reach.ts'
export {
  arisingOf,
  doorsOf,
  noWrongDoorOf,
  reachedOf,
  sensitivityOf,
  solveAgain,
  solveSystem,
  type Solved,
  type Touched,
} from './solved.ts'
export { waysOf, type Way, type Ways } from './ways.ts'
