export { askedNow } from './asked-now.view.tsx'
export { act, type ThreadAt } from './act.actions.ts'
export {
  askQuestion,
  decide,
  endThread,
  giveAnswer,
  recordIntroduction,
  recordMet,
} from './decide.actions.ts'
export { type BesideThreads, bringBeside, type NamesAlone, namingRef } from './brought.ts'
export { openThreadFile, threadOf, type ThreadFile } from './file.actions.ts'
export { firstDraft } from './first-draft.actions.ts'
export { type ListLine, threadsOfFile } from './list.actions.ts'
export { NotFor } from './not-for.view.tsx'
export { stateTag } from './line.view.tsx'
export { paths as referralPaths, threadPath } from './paths.ts'
export { stoodIn } from './states.store.ts'
export { momentOf } from './when.rules.ts'
export { tooMany } from './sending.rules.ts'
export { stepAside } from './conflict.actions.ts'
export { handlingAt } from './handling.ts'
export { listsUnder, refreshHelperLists } from './who-helps.actions.ts'
export { type HelperLine, HelperList } from './who-helps.ts'
export { linesFor, listReceived } from './who-helps.rules.ts'
export { sendCorrection } from './correct.actions.ts'
export { keptWhyInFile } from './kept-why.view.ts'
export { dueFor } from './reply-time.actions.ts'
export { helperText, letterRows, recordText } from './letter.view.ts'
export {
  Ask,
  Decision,
  effectAnswers,
  EndingField,
  endings,
  Letter,
  NextDoor,
  ReleasedItem,
  Request,
} from './letter.ts'
export { companions, meetingWays } from './introduction.ts'
export { planIntroduction, stepIntroduction } from './introduction.actions.ts'
export { namedContacts } from './named-contact.rules.ts'
export { isNotSafe } from './not-safe.actions.ts'
export {
  type Desk,
  deskOf,
  holdAll,
  holdNamed,
  openDesk,
  partnerServices,
  sendReferral,
  suspendUnder,
  takeBack,
} from './sending.actions.ts'
export { writeSession } from './session.actions.ts'
export { SessionBody } from './session.ts'
export { sessionEntries } from './session-entries.view.ts'
export { takeIntoRecord } from './take.actions.ts'
export { toldInReferrals } from './told.actions.ts'
export { threadCells } from './thread-cells.actions.ts'
export { actsOpen, hears, moved, refusalOf, stateAfter } from './thread.rules.ts'
export { type FirstLetter, startAndSend, startThread, type ThreadStart } from './thread.actions.ts'
export {
  type ActDone,
  Contact,
  type Thread,
  type ThreadAct,
  ThreadBody,
  type ThreadEvent,
  type ThreadRefusal,
  type ThreadRow,
} from './thread.ts'
export { withdrawUnder } from './withdraw.actions.ts'
export { keepingsInFile } from './keeping-file.view.ts'
export { saveMeanwhile } from './keeping.actions.ts'
export { passedOn, unmetLink } from './passed-on.view.tsx'
export { triedOnMenu } from './tried.actions.ts'
export { renewalsForUs } from './renewal.view.tsx'
export { coverWork } from './cover.view.tsx'
export { giveWork } from './give.actions.ts'
export { threadsNow } from './today.view.tsx'
export { keepTry } from './tries.actions.ts'
export { keptInFile } from './tries.view.ts'
export { sayUnreached } from './unreached.actions.ts'
export { lateForUs, newsForUs } from './late.view.tsx'
export { openThreads, threadsInCase, waitingForUs } from './work.view.tsx'
export { hearsAnswer } from './chase.rules.ts'
export { lackAtField } from './decline.view.ts'
export { doorsOf, nextDoorsFor, nowhere } from './doors.actions.ts'
export { reasonCodes, reasons } from './reason.ts'
export { isOffice } from './sending.actions.ts'
export { holdThread, threadRow } from './thread.store.ts'
export { changeUnsent, putAway } from './unsent.actions.ts'
