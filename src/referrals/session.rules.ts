import { type Barrier, noAnswers, type SessionBody } from './session.ts'

/** Why a session cannot be written down as it is. */
export interface SessionRefusal {
  readonly refused: 'barriers-missing' | 'not-asked-alone'
}

const noAnswer: readonly Barrier[] = noAnswers
const fromAbuse: readonly Barrier[] = ['interference', 'not-safe-then', 'money']

/** Nobody is written down as not having come, or as having moved, without what got in the way, or that nobody has asked yet. */
export function sessionRefusal(body: Pick<SessionBody, 'went' | 'barriers'>): SessionRefusal | null {
  if (body.went === 'attended') return null
  if (body.barriers.length === 0) return { refused: 'barriers-missing' }
  const alone = body.barriers.length > 1 && body.barriers.some((each) => noAnswer.includes(each))
  return alone ? { refused: 'not-asked-alone' } : null
}

/** Whether somebody still has to ask, at a safe time, what got in the way. */
export function asksStill(body: Pick<SessionBody, 'went' | 'barriers'>): boolean {
  return body.went !== 'attended' && body.barriers.includes('not-asked-yet')
}

/** Whether what got in the way can come from the person causing harm: then safety is looked at again, not the person's will. */
export function mayComeFromAbuse(body: Pick<SessionBody, 'barriers'>): boolean {
  return body.barriers.some((each) => fromAbuse.includes(each))
}

/** What the other side is told of it: how it went and when; what got in the way only where the person wants that. */
export function toldOf(body: SessionBody) {
  const { went, on, movedTo, tell } = body
  return {
    about: 'session' as const,
    went,
    on,
    movedTo,
    barriers: tell ? body.barriers.filter((each) => !noAnswer.includes(each)) : [],
    words: tell ? body.words : '',
  }
}
