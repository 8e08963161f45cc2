import type { Barrier } from '#diary'

import type { Introduction, IntroductionStepId, Meeting } from './introduction.ts'
import type { Letter } from './letter.ts'

/** Where an introduction stands; *met* is the person's word alone. */
export const introductionStates = ['none', 'proposed', 'agreed', 'happened', 'not-happened', 'met'] as const
export type IntroductionState = (typeof introductionStates)[number]

/** An introduction as this side can read it from what it sent and what came back. */
export interface IntroductionNow {
  readonly state: IntroductionState
  readonly meeting: Meeting | null
  /** Who wrote what stands now: this side, or the other. */
  readonly by: 'us' | 'them' | null
  /** How often it was put to another time. */
  readonly moves: number
  /** The person could not be asked yet what got in the way: that is the next step. */
  readonly toAsk: boolean
  /** What got in the way, as far as it was passed on. */
  readonly inTheWay: readonly Barrier[]
}

/** What can be done with an introduction in each state; to say that they have met is an act of its own and always the person's. */
export const introductionOpen: Readonly<Record<IntroductionState, readonly ('plan' | IntroductionStepId)[]>> =
  {
    none: ['plan'],
    proposed: ['agreed', 'plan', 'happened', 'not-happened'],
    agreed: ['happened', 'plan', 'not-happened'],
    happened: ['plan'],
    'not-happened': ['plan', 'not-happened'],
    met: [],
  }

const none: IntroductionNow = {
  state: 'none',
  meeting: null,
  by: null,
  moves: 0,
  toAsk: false,
  inTheWay: [],
}

/** A letter as this side has it; undone counts for nothing. */
export interface Read {
  readonly way: 'in' | 'out'
  readonly letter: Letter | null
  readonly undone?: boolean
}

/** Reads the letters of a thread, oldest first, into where its introduction stands; what cannot be opened says nothing. */
export function introductionOf(pieces: readonly Read[]): IntroductionNow {
  return pieces.reduce((now, { way, letter, undone }) => {
    if (undone === true) return now
    const by = way === 'out' ? 'us' : 'them'
    switch (letter?.about) {
      case 'accepted':
        return letter.first === null
          ? now
          : { ...none, moves: now.moves, state: 'proposed', meeting: letter.first, by }
      // Opened again: what was planned and met before belongs to what had ended.
      case 'reopened':
        return none
      case 'introduction': {
        const moves = now.moves + (letter.moved === undefined ? 0 : 1)
        const state = letter.agreed === true ? 'agreed' : 'proposed'
        return { ...none, state, meeting: letter.meeting, by, moves, inTheWay: letter.moved?.inTheWay ?? [] }
      }
      case 'introduction-step':
        return stepped({ ...now, by }, letter)
      case 'met':
        return { ...now, by, state: 'met', toAsk: false, inTheWay: [] }
      default:
        return now
    }
  }, none)
}

function stepped(
  now: IntroductionNow,
  letter: Extract<Letter, { about: 'introduction-step' }>,
): IntroductionNow {
  if (now.state === 'met') return now
  const { step, asked, inTheWay } = letter
  if (step !== 'not-happened') return { ...now, state: step, toAsk: false, inTheWay: [] }
  return { ...now, state: step, toAsk: !asked, inTheWay }
}

/** When the two sides are to meet, for a calendar; null where nothing or only a day is planned. */
export function meetingToKeep(pieces: readonly Read[]): Date | null {
  const { state, meeting } = introductionOf(pieces)
  const planned = state === 'proposed' || state === 'agreed'
  if (!planned || meeting === null || meeting.at === null || meeting.dayOnly === true) return null
  return new Date(meeting.at)
}

/** The plan that still lies ahead, as one letter; null where nothing does, or where all of it was said by the other side. */
export function plannedAgain(
  pieces: readonly Read[],
): Extract<Introduction, { about: 'introduction' }> | null {
  const { state, meeting } = introductionOf(pieces)
  const ours = pieces.some(({ way, letter }) => way === 'out' && letter?.about.startsWith('introduction'))
  if (!ours || meeting === null || (state !== 'proposed' && state !== 'agreed')) return null
  return { about: 'introduction', meeting, ...(state === 'agreed' ? { agreed: true } : {}) }
}

/** Whether a new plan moves one that the person had agreed to: then what got in the way is asked. */
export function isMove(now: Pick<IntroductionNow, 'state' | 'meeting'>): boolean {
  return now.state === 'agreed' && now.meeting !== null && now.meeting.at !== null
}
