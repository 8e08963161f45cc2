import { randomUUID } from 'node:crypto'

import {
  openForWork,
  type OnNamed,
  readFile,
  readSheet,
  type Relationship,
  type ReviewOutcome,
  type Saved,
  saveCard,
  saveSheet,
} from '#people'
import type { Actor } from '#platform/access'
import { inSavepoint, type Tx } from '#platform/db'

import { lineRefused, marksCard, type NoLine, type NoReview, reviewed, reviewRefused } from './who.rules.ts'

interface At {
  readonly caseId: string
  readonly version: number
}

type Said = Pick<Relationship, 'who' | 'to' | 'role' | 'source' | 'since'>

/**
 * Writes what one person is to another. Where it says that somebody causes harm, everything that follows from it follows in this
 * act; where it is a counter-allegation, nothing does before the review. Where their card may not say so, the line is not written
 * either.
 */
export async function addLine(
  db: Tx,
  actor: Actor,
  at: At,
  said: Said,
  onNamed: OnNamed,
): Promise<Saved | NoLine> {
  const { result } = await inSavepoint(db, async () => {
    const added = await addWhole(db, actor, at, said, onNamed)
    return { keep: !('refused' in added), result: added }
  })
  return result
}

async function addWhole(db: Tx, actor: Actor, at: At, said: Said, onNamed: OnNamed): Promise<Saved | NoLine> {
  const opened = await openForWork(db, actor, at.caseId, 'changing')
  if (opened === null) return { refused: 'no-case' }
  const { cards } = await readFile(db, opened)
  const lines = (await readSheet(db, opened.key, 'relationships')) ?? []
  const line = { ...said, id: randomUUID(), until: '', by: actor.accountId, review: null }
  const refused = lineRefused(line, lines, cards)
  if (refused !== null) return refused
  const saved = await saveSheet(db, actor, at, 'relationships', [...lines, line])
  if ('refused' in saved) return saved
  const card = marksCard(line, lines, cards)
  if (card !== null) {
    const { id, version, ...body } = card
    const marked = { ...body, role: 'personCausingHarm', roleSource: said.source } as const
    const done = await saveCard(db, actor, { caseId: at.caseId, id, version }, marked)
    if ('refused' in done) return done
    await onNamed(db, actor, at.caseId)
  }
  return saved
}

/** A named specialist's review of a counter-allegation. It changes no role by itself: what it allows is done on the card. */
export async function reviewLine(
  db: Tx,
  actor: Actor,
  at: At & { readonly line: string },
  said: {
    readonly specialist: string
    readonly outcome: ReviewOutcome
    readonly words: string
    readonly on: string
  },
): Promise<Saved | NoReview> {
  const opened = await openForWork(db, actor, at.caseId, 'changing')
  if (opened === null) return { refused: 'no-case' }
  const { cards } = await readFile(db, opened)
  const lines = (await readSheet(db, opened.key, 'relationships')) ?? []
  const entry = lines.find((each) => each.id === at.line)
  const refused = reviewRefused(entry, lines, cards, actor.accountId)
  if (refused !== null) return refused
  const after = reviewed(lines, at.line, { ...said, by: actor.accountId })
  return saveSheet(db, actor, at, 'relationships', [...after])
}
