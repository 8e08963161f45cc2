import { faultsIn, type RuleFault } from './fault.ts'

const grounds: readonly RuleFault[] = [
  ...faultsIn('src/grounds/court.actions.ts', 'src/grounds/court.test.ts', [
    [
      'a paper from a court places no hold, and the case can be destroyed',
      `await placeHold(db, actor, caseId, { ground: 'court', reason: request.from })`,
      '',
    ],
    [
      'something goes by an order although the law wants the person told',
      'mustTell: must',
      'mustTell: false',
    ],
    [
      'what the table forbids goes to whoever causes harm, as the order has it on its list',
      'item.key === key && item.goes',
      'item.key === key',
    ],
    ['a paper locks nothing', `body.kind === 'court' && locksExport(body)`, `body.kind !== 'court'`],
  ]),
  ...faultsIn('src/grounds/lock.actions.ts', 'test/asks-grounds.test.ts', [
    ['a locked case is printed', `if (paper === null) return null`, `if (paper !== null) return null`],
  ]),
  ...faultsIn('src/grounds/danger.actions.ts', 'src/grounds/danger.test.ts', [
    ['whoever asked confirms', 'if (refused !== null) return refused', ''],
    [
      'an agency that the case keeps out is offered in danger',
      'excluded: excluded.has(partyId)',
      'excluded: false',
    ],
    [
      'an agency that was kept out meanwhile receives in danger',
      '{ twoPeople: true, excluded })',
      '{ twoPeople: true, excluded: false })',
    ],
    ['what went in danger is read after its review', `body.kind === 'danger' && body.sent !== null`, 'false'],
  ]),
  ...faultsIn('src/grounds/glass.actions.ts', 'src/grounds/glass.test.ts', [
    ['tries at the glass are not counted', `if (tries > glassSettings.triesAnHour)`, 'if (tries < 0)'],
    [
      'the glass breaks although the database says no',
      '!(await mayBreakGlass(db, caseId)) || caseId === null',
      'caseId === null',
    ],
    [
      'the key behind the glass stays after the review',
      'await unwrapForMember(db, done.desk.key',
      'void (db, done.desk.key',
    ],
    [
      'a worker reviews an opening',
      `mayDo(actor.roles, 'case:lead') || mayDo(actor.roles, 'privacy:lead')`,
      'true',
    ],
  ]),
  ...faultsIn('src/grounds/glass.actions.ts', 'src/grounds/glass-ends.test.ts', [
    [
      'the key behind the glass stays for whoever is finished',
      'if (done) await unwrapForMember(',
      'if (done) void (',
    ],
    ['somebody who stepped aside reads on', 'if (!may || live === null)', 'if (live === null)'],
  ]),
  ...faultsIn('src/grounds/ground.actions.ts', 'src/grounds/court.test.ts', [
    ['two who act at once both act', 'ground.version === at.version', 'true'],
    ['a paper is lost when the case is closed for its team', 'await resealGrounds(db, from, to)', ''],
  ]),
  ...faultsIn('src/grounds/injury.actions.ts', 'src/grounds/injury.test.ts', [
    [
      'an injury is written down for a report that no law asks for',
      ' || !injuryOffered(rules, actor.sector)',
      '',
    ],
    [
      'an injury is reported although the law does not ask for it any more',
      `if (verdict.outcome !== 'allow') return { refused: 'rule', rule: 'injury-1' }`,
      '',
    ],
  ]),
  ...faultsIn('src/grounds/report.actions.ts', 'src/grounds/report.test.ts', [
    ['a name is kept in a consultation', `if (word !== null) return { refused: 'names', word }`, ''],
    ['a report goes to any partner', `roleOf(pin.sector) === 'CW'`, 'true'],
  ]),
]

const asks: readonly RuleFault[] = [
  ...faultsIn('src/asks/ask.actions.ts', 'test/asks.test.ts', [
    [
      'whoever causes harm gets the file',
      `if (!mayAsk(file).some((card) => card.id === asked.who)) return { refused: 'not-theirs' }`,
      '',
    ],
    ['what was asked is lost when the case is closed for its team', 'await resealAsks(db, from, to)', ''],
  ]),
  ...faultsIn('src/asks/correction.actions.ts', 'test/asks.test.ts', [
    ['a correction goes to whom nobody chose', 'if (!chosen.includes(release.id)) continue', ''],
  ]),
  ...faultsIn('src/asks/retention.actions.ts', 'test/asks.test.ts', [
    [
      'a part on hold is destroyed',
      `wish.decision === 'destroy' && (await onHold(`,
      `wish.decision === 'keep' && (await onHold(`,
    ],
    [
      'a part is destroyed that is not the one decided on',
      'await eraseSheet(db, actor, caseId, wish.field)',
      `for (const part of ['contact', 'situation', 'wishes', 'danger', 'notes'] as const) await eraseSheet(db, actor, caseId, part)`,
    ],
  ]),
]

/** Mistakes in the acts that ask the rules: the answer was right, and nobody heeded it. */
export const actionFaults: readonly RuleFault[] = [...grounds, ...asks]
