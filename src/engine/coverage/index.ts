export { conditionsOf, solve, takesNow, type Conditions, type Cover } from './cover.ts'
