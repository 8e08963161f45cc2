export {
  explain,
  isPossible,
  match,
  matchIndex,
  type Explanation,
  type MatchIndex,
  type MatchReport,
} from './match.ts'
export { orderByWishes, type Ordered, type ServiceTraits, type Wish, type WithTraits } from './wishes.ts'
