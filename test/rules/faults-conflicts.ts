import { faultsIn, type RuleFault } from './fault.ts'

const cases: readonly RuleFault[] = [
  ...faultsIn('src/people/card.actions.ts', 'src/people/conflict.test.ts', [
    ['a new name is tried against no list', '  tryConflicts(db, actor, key.caseId)\n', ''],
    [
      'a changed name is tried against no list',
      'tryConflicts(db, actor, key.caseId)',
      'if (row === undefined) tryConflicts(db, actor, key.caseId)',
    ],
  ]),
  ...faultsIn('src/people/card.rules.ts', 'src/people/conflict.test.ts', [
    ['a name safe to say is not tried', `card.legalName ?? '', ...card.sayAloud]`, `card.legalName ?? '']`],
    ['the name on papers is not tried', `card.legalName ?? '', ...card.sayAloud]`, '...card.sayAloud]'],
    ['a name that was changed away is not tried', ', ...card.formerNames]', ']'],
  ]),
  ...faultsIn('src/people/must-not-see.ts', 'src/people/conflict.test.ts', [
    ['a typed name shuts out nobody', '...(await calledSo(db, actor, danger.names))', ''],
  ]),
  ...faultsIn('src/people/careful.actions.ts', 'src/people/conflict.test.ts', [
    [
      'a name that nobody here has leaves the case open',
      '(holders === null || (await fitsHolder',
      '(holders !== null && (await fitsHolder',
    ],
  ]),
  ...faultsIn('src/people/conflict.actions.ts', 'src/people/conflict.test.ts', [
    [
      'the case closes before everything typed is saved',
      'beforeCommit(db, async () => {',
      'void (async () => {',
    ],
  ]),
  ...faultsIn('src/people/known.actions.ts', 'src/people/conflict.test.ts', [
    [
      'a saved list is tried against nothing that is there already',
      'tryConflicts(db, actor, caseId)',
      'void caseId',
    ],
  ]),
]

const arrivals: readonly RuleFault[] = [
  ...faultsIn('src/envelopes/arrive.actions.ts', 'test/held-from.test.ts', [
    ['who was named is not held from', 'await calledSo(db, actor, names.notFor)', '[]'],
    ['whose list fits is not held from', 'await whoKnows(db, actor, names.about)', '[]'],
  ]),
  ...faultsIn('src/envelopes/routes.ts', 'test/held-from.test.ts', [
    ['nobody’s request tries what arrived', '    before: tryArrivals,\n', ''],
  ]),
  ...faultsIn('src/referrals/take.actions.ts', 'test/held-from.test.ts', [
    [
      'the case that grows out of a thread is open to whom the thread is held from',
      'await heldFromThread(db, actor.partyId, row.id)',
      '[]',
    ],
  ]),
  ...faultsIn('src/referrals/thread.actions.ts', 'test/held-from.test.ts', [
    [
      'a question without a name is held from nobody',
      "heldOf(letter.kind === 'request' ? letter.body : { items: [] }, letter.notFor ?? [])",
      "letter.kind === 'request' ? heldOf(letter.body, letter.notFor ?? []) : { notFor: [], about: [] }",
    ],
  ]),
  ...faultsIn('src/referrals/sending.actions.ts', 'test/held-from.test.ts', [
    ['names that the worker typed do not travel', '          notFor: at.notFor,', '          notFor: [],'],
  ]),
]

/** Mistakes in what keeps a case, or an envelope, from whom it must not be shown to. */
export const conflictFaults: readonly RuleFault[] = [...cases, ...arrivals]
