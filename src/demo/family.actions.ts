import { addLine, familyCells, giveOwnFile } from '#family'
import { type Card, CardBody, openFile, OwnWords, saveCard, saveSheet, Supports, Together } from '#people'
import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import { z } from 'zod'

import familyData from './family.json' with { type: 'json' }
import { daysAgo, type Making } from './make.ts'
import type { Hand } from './staff.actions.ts'
import { InOneAct, makeTogether } from './together.actions.ts'

const file = z.string()
const CastFamily = z.object({
  case: z.string(),
  by: z.string(),
  cards: z.array(z.object({ name: z.string(), role: z.enum(['child', 'other']) })),
  files: z.array(
    z.object({
      id: file,
      card: z.string(),
      relation: z.enum(['child', 'sibling']),
      team: z.array(z.string()),
    }),
  ),
  who: z.object({ who: z.string(), role: z.literal('sibling'), to: z.string() }).nullable(),
  support: z.array(z.object({ file, by: z.string(), lines: z.array(z.looseObject({ name: z.string() })) })),
  ownWords: z.array(OwnWords.extend({ file, by: z.string() })),
  together: z.array(z.looseObject({ who: z.array(z.string()) })),
  inOneAct: InOneAct,
})
type CastFamily = z.output<typeof CastFamily>
const { families } = z.object({ comment: z.string(), families: z.array(CastFamily) }).parse(familyData)
const first = { version: 0 }

/** A family in each town: each part by the act of its page. Without its case in the cast there is none. */
export async function makeFamilies(
  at: Making,
  cases: ReadonlyMap<string, string>,
  hands: ReadonlyMap<string, Hand>,
): Promise<void> {
  await Promise.all(families.map((cast) => makeFamily(at, cast, cases, hands)))
}

async function makeFamily(
  at: Making,
  cast: CastFamily,
  cases: ReadonlyMap<string, string>,
  hands: ReadonlyMap<string, Hand>,
): Promise<void> {
  const caseId = cases.get(cast.case)
  const worker = hands.get(cast.by)
  if (caseId === undefined || worker === undefined) return
  const since = daysAgo(at.now, 5).toISOString().slice(0, 10)
  const files = await worker.act((db, actor) => makeFiles(db, actor, { cast, caseId, since }, hands))
  const day = (days: unknown) =>
    typeof days === 'number' ? daysAgo(at.now, -days).toISOString().slice(0, 10) : ''
  for (const each of cast.support) {
    const lines = each.lines.map((line, n) => ({
      ...line,
      id: `support-${n + 1}`,
      from: day(line['fromInDays']),
      until: day(line['untilInDays']),
    }))
    await page(hands, files, each, (db, actor, id) =>
      saveSheet(db, actor, { caseId: id, ...first }, 'support', Supports.parse(lines)),
    )
  }
  for (const each of cast.ownWords) {
    await page(hands, files, each, (db, actor, id) =>
      saveSheet(db, actor, { caseId: id, ...first }, 'own-words', OwnWords.parse({ ...each, toldOn: since })),
    )
  }
  await makeTogether(at, worker, cast.inOneAct, { parent: caseId, child: files.get(cast.inOneAct.of) })
}

/** The cards, who is who, the plan, and the files; the ids of the files by the cast's. */
async function makeFiles(
  db: Tx,
  actor: Actor,
  { cast, caseId, since }: { readonly cast: CastFamily; readonly caseId: string; readonly since: string },
  hands: ReadonlyMap<string, Hand>,
): Promise<ReadonlyMap<string, string>> {
  for (const card of cast.cards)
    await saveCard(db, actor, { caseId, id: null, ...first }, CardBody.parse(card), since)
  const cards: readonly Card[] = (await openFile(db, actor, caseId))?.cards ?? []
  const cardOf = (name: string) => cards.find((card) => card.name === name)?.id ?? ''
  const said = { source: 'said-so', since } as const
  if (cast.who !== null) {
    const line = { role: cast.who.role, who: cardOf(cast.who.who), to: cardOf(cast.who.to) }
    await addLine(db, actor, { caseId, ...first }, { ...line, ...said }, async () => {})
  }
  const steps = cast.together.map((step, n) => ({ ...step, id: `step-${n + 1}`, who: step.who.map(cardOf) }))
  await saveSheet(db, actor, { caseId, ...first }, 'together', [...Together.parse(steps)])
  const files = new Map<string, string>()
  for (const { id, card, relation, team } of cast.files) {
    const accounts = team.flatMap((name) => hands.get(name)?.kept.accountId ?? [])
    const zone = { zone: accounts.length > 0 ? ('separate' as const) : ('together' as const), team: accounts }
    const at = { caseId, cardId: cardOf(card) }
    const made = await giveOwnFile(db, actor, at, { ...zone, ...said, relation }, [familyCells])
    if ('refused' in made) throw new Error(made.refused)
    files.set(id, made.caseId)
  }
  return files
}

/** One page of one of the files, by whoever works there. */
async function page(
  hands: ReadonlyMap<string, Hand>,
  files: ReadonlyMap<string, string>,
  of: { readonly file: string; readonly by: string },
  write: (db: Tx, actor: Actor, caseId: string) => Promise<object>,
): Promise<void> {
  const id = files.get(of.file)
  const hand = hands.get(of.by)
  if (id === undefined || hand === undefined) return
  const saved = await hand.act((db, actor) => write(db, actor, id))
  if ('refused' in saved) throw new Error(String(saved.refused))
}
