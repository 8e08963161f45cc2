export { Ask, Decision, Letter, NextDoor, ReleasedItem, Request } from './letter.ts'
export { actsOpen, hears, moved, refusalOf, stateAfter } from './thread.rules.ts'
export { type FirstLetter, startAndSend, startThread, type ThreadStart } from './thread.actions.ts'
export {
  type ActDone,
  Contact,
  type Thread,
  type ThreadAct,
  ThreadBody,
  type ThreadRefusal,
  type ThreadRow,
} from './thread.ts'
