import { causingHarm } from './card.rules.ts'
import type { CaseFile } from './case.ts'
import type { Chosen, ChosenWorker, PassReason } from './chosen.ts'

const nobody: Chosen = { now: null, before: [], passed: [] }
const mostPassed = 200

/** What the parts of a case that decide about the chosen worker are. */
type Part = Pick<CaseFile, 'chosen' | 'danger' | 'cards'>

/**
 * The worker whom everybody goes through (single point of contact, uk-domain 2.2); null where nobody was chosen, and from the moment
 * that the one who was is named as not safe or as causing harm.
 */
export function chosenWorker(file: Part): ChosenWorker | null {
  const now = file.chosen?.now ?? null
  return now === null || notSafe(file, now) !== null ? null : now
}

/** The chosen worker for somebody else who is about to be in touch with the person; null for the chosen worker. */
export function mustGoThrough(file: Part, accountId: string): ChosenWorker | null {
  const worker = chosenWorker(file)
  return worker === null || worker.account === accountId ? null : worker
}

/** Why somebody cannot be the chosen worker of this case. */
export function notSafe(
  { danger, cards }: Omit<Part, 'chosen'>,
  worker: Pick<ChosenWorker, 'account' | 'name'>,
): 'chosen-not-safe' | 'chosen-causes-harm' | null {
  if (worker.account !== '' && danger?.colleagues.includes(worker.account) === true) return 'chosen-not-safe'
  const name = plain(worker.name)
  const named = danger?.names.some((each) => plain(each) === name) === true
  // Said in words, as somebody whom it is not safe to talk to: the name is enough.
  const said = name.length > 2 && plain(danger?.notSafeToTalkTo ?? '').includes(name)
  if (named || said) return 'chosen-not-safe'
  return causingHarm(cards).some((card) => card.name !== '' && plain(card.name) === name)
    ? 'chosen-causes-harm'
    : null
}

/** The page after another worker was chosen, or nobody is any more: whoever was before keeps their days and why it ended. */
export function chosenAfter(
  before: Chosen | null,
  now: ChosenWorker | null,
  how: { readonly today: string; readonly because: string },
): Chosen {
  const kept = before ?? nobody
  const old = kept.now
  const same = old !== null && now !== null && old.account === now.account && old.name === now.name
  if (same) return { ...kept, now: { ...now, since: old.since } }
  const ended = old === null ? [] : [{ ...old, until: how.today, because: how.because }]
  return { ...kept, now, before: [...ended, ...kept.before].slice(0, 50) }
}

/** The page after somebody reached past the chosen worker. */
export function chosenPassed(
  before: Chosen,
  pass: { readonly at: string; readonly by: string; readonly reason: PassReason; readonly words: string },
): Chosen {
  return { ...before, passed: [pass, ...before.passed].slice(0, mostPassed) }
}

function plain(name: string): string {
  return name.trim().toLocaleLowerCase()
}
