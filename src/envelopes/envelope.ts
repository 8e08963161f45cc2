import type { PinRefusal } from '#parties'

/** What an envelope can be about; each is its sender's own disclosure. */
export const envelopeKinds = [
  'ask',
  'request',
  'question',
  'answer',
  'decision',
  'introduction',
  'outcome',
  'correction',
  'unreached',
  'session',
  'reopening',
  'helpers',
] as const
export type EnvelopeKind = (typeof envelopeKinds)[number]

/** How far news may travel back to the one who sent the first envelope. */
export const backLevels = ['nothing', 'received', 'decision-and-place', 'first-contact', 'outcome'] as const
export type BackLevel = (typeof backLevels)[number]

/** What the shared thread looks like from the other side once the envelope is there. */
export interface ThreadNews {
  readonly state?: StateNews
  readonly dueAt?: Date
  readonly expectedAt?: Date
  readonly place?: number
}

export const threadStates = [
  'sent',
  'received',
  'question',
  'accepted',
  'waiting',
  'unreached',
  'declined',
  'started',
  'met',
  'ended',
  'withdrawn',
] as const
export type ThreadState = (typeof threadStates)[number]

/** Where an act of the other side takes a thread; opened again is news of its own, that only a closed thread follows. */
export type StateNews = ThreadState | 'reopened'

export type SendRefusal =
  | PinRefusal
  | { readonly refused: 'case-not-yours' }
  | { readonly refused: 'thread-gone' }
  /** Names of who must not be shown it, at an office without accounts: nobody there could be kept from it. */
  | { readonly refused: 'office-holds-nobody' }

/** Sent: 'kept' means that the release lets nothing of this kind come back, so the other side was told nothing. */
export interface Sent {
  readonly envelopeId: string
  readonly reached: 'delivered' | 'kept'
}

/** An opened envelope as its reader sees it. */
export interface Opened {
  readonly envelopeId: string
  readonly threadId: string
  readonly kind: EnvelopeKind
  readonly otherParty: string
  readonly sentAt: string
  readonly endsAt: string | null
  readonly body: unknown
}

/**
 * Withdrawn, expired and suspended look the same to the recipient, and a missing envelope looks like none of ours. One sealed
 * under keys of the sender that this party has not accepted waits until an administrator has compared the words.
 */
export type NotOpen = PinRefusal | { readonly refused: 'no-longer-shared' } | { readonly refused: 'missing' }
