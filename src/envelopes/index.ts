export {
  type BackLevel,
  backLevels,
  type EnvelopeKind,
  type NotOpen,
  type Opened,
  type SendRefusal,
  type Sent,
  type ThreadNews,
  type ThreadState,
  threadStates,
} from './envelope.ts'
export { attachToCase, envelopesOfThread, sentInCase } from './envelope.store.ts'
export { openIncoming, openOutgoing, withdrawRelease } from './open.actions.ts'
export { type Sending, sendEnvelope } from './send.actions.ts'
