import type { End, Pair, Posted, StepName } from './pair.ts'

/** Where an introduction stands for one end, and whether its day was agreed. */
interface Introduced {
  readonly state: 'none' | 'proposed' | StepName | 'met'
  readonly dated: boolean
}

/** What may follow what; that they have met is the person's word alone, and comes from anywhere. */
const follows: Readonly<Record<Introduced['state'], readonly ('plan' | StepName)[]>> = {
  none: ['plan'],
  proposed: ['plan', 'agreed', 'happened', 'not-happened'],
  agreed: ['plan', 'happened', 'not-happened'],
  happened: ['plan'],
  'not-happened': ['plan', 'not-happened'],
  met: [],
}

export const tellsOfIt = ({ kind }: Posted): boolean =>
  kind === 'introduction' || kind === 'decision' || kind === 'reopening'

/** Whether a letter was undone, as an end knows it. */
export function undoneAt(pair: Pair, end: End, letter: number): boolean {
  const { lines } = pair[end]
  return lines.some(({ undoes }) => undoes !== null && lines[undoes]?.letter === letter)
}

/** What an end knows of the introduction: from its own letters, and from those of the other end that open. */
export function introduced(pair: Pair, end: End): Introduced {
  const known = pair.letters.filter(
    (letter, at) => !undoneAt(pair, end, at) && (letter.by === end || (letter.arrived && !letter.over)),
  )
  let now: Introduced = { state: 'none', dated: false }
  for (const { says } of known) {
    if (says.about === 'reopened') now = { state: 'none', dated: false }
    if (says.about === 'plan') now = { state: says.agreed ? 'agreed' : 'proposed', dated: says.dated }
    if (says.about === 'met') now = { ...now, state: 'met' }
    if (says.about === 'step' && now.state !== 'met') now = { ...now, state: says.step }
  }
  return now
}

export function mayFollow(pair: Pair, end: End, what: 'plan' | StepName): boolean {
  return follows[introduced(pair, end).state].includes(what)
}
