import { addPaper } from '#papers'

import type { Cases } from './case.actions.ts'
import type { MakingParts } from './make.ts'
import papers from './papers.json' with { type: 'json' }
import type { Hand } from './staff.actions.ts'

/** Letters that somebody keeps with a case, added by their worker as a form brings them. */
export async function makePapers(
  at: MakingParts,
  cases: Cases,
  hands: ReadonlyMap<string, Hand>,
): Promise<void> {
  for (const { person, title, words } of papers) {
    const worker = at.world.people.find((each) => each.id === person)?.worker ?? ''
    const [caseId, hand] = [cases.get(person), hands.get(worker)]
    // In a smaller world only the cases that are there get one.
    if (caseId === undefined || hand === undefined) continue
    const form = new FormData()
    form.set('title', title)
    form.set('file', new File([words], 'letter.txt'))
    const { body, headers } = new Request('http://127.0.0.1/', { method: 'POST', body: form })
    const incoming = { body, contentType: headers.get('content-type') ?? undefined }
    const done = await hand.act((db, actor) => addPaper(db, actor, caseId, incoming, 1024 * 1024))
    if ('refused' in done) throw new Error(`The demo's paper for ${person}: ${done.refused}`)
  }
}
