export {
  type BackLevel,
  backLevels,
  type EnvelopeKind,
  type NotOpen,
  type Opened,
  type SendRefusal,
  type Sent,
  type StateNews,
  type ThreadNews,
  type ThreadState,
  threadStates,
} from './envelope.ts'
export {
  attachToCase,
  envelopesOfThread,
  groundOf,
  sentInCase,
  stillShared,
  threadsUnder,
} from './envelope.store.ts'
export { type HeldNames } from './held-names.ts'
export { ownCopyCells } from './own-copy.actions.ts'
export { endEnvelope, openIncoming, openOutgoing, withdrawRelease } from './open.actions.ts'
export { type Sending, sendEnvelope } from './send.actions.ts'
