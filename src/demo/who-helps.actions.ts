import { Helper, openFile, saveSheet } from '#people'

import { daysAgo, type Making } from './make.ts'
import type { Hand } from './staff.actions.ts'

/** Who helps whom: invented names at invented numbers. */
const lists = [
  {
    case: 'nasreen',
    by: 'amina',
    lines: [
      {
        agency: 'Northmere Housing Options',
        person: 'Colm Reddy',
        role: 'Housing officer',
        phone: '01632 960417',
        next: 'Looks with Nasreen at two flats on the east side, next Wednesday morning.',
      },
      {
        agency: 'Millbrook Primary School',
        person: 'Anneke Blom',
        role: 'Pastoral lead',
        phone: '01632 960438',
        next: 'Keeps Tuesdays free for a talk at the end of the school day.',
      },
    ],
  },
] as const

/** The lists of who helps, each line as the person agreed to it. */
export async function makeHelpers(
  at: Making,
  cases: ReadonlyMap<string, string>,
  hands: ReadonlyMap<string, Hand>,
): Promise<void> {
  const agreedOn = daysAgo(at.now, 3).toISOString().slice(0, 10)
  for (const list of lists) {
    const caseId = cases.get(list.case)
    if (caseId === undefined) continue
    await hands.get(list.by)?.act(async (db, actor) => {
      const file = await openFile(db, actor, caseId)
      if (file === null) return
      const lines = list.lines.map((line, i) =>
        Helper.parse({ ...line, id: `helper-${i + 1}`, partyId: null, toldBy: 'person', agreedOn }),
      )
      await saveSheet(db, actor, { caseId, version: file.sheets.helpers.version }, 'helpers', lines)
    })
  }
}
