import { faultsIn, type RuleFault } from './fault.ts'

const of = (name: string) => `src/releases/${name}.ts`

const evaluator: readonly RuleFault[] = faultsIn(of('sharing.rules'), of('sharing.rules.test'), [
  ['a plain refusal counts as lifted', 'row.override.length === 0 || !row', '!row'],
  ['the mildest answer wins', 'Math.max(...spoken.map', 'Math.min(...spoken.map'],
  ['of two packs the milder answer counts', '> severity(b.outcome) ? a : b', '> severity(b.outcome) ? b : a'],
  [
    'what no rule names goes through',
    `    rule,\n    outcome: 'forbidden',`,
    `    rule,\n    outcome: 'allow',`,
  ],
  ['what is needed first is not waited for', `missing.length > 0 ? 'needs' : 'allow'`, `'allow'`],
  [
    'an order is asked for as if it were a tick',
    `outcome: 'forbidden-unless-order', missing`,
    `outcome: 'needs', missing`,
  ],
  [
    'a row that names everybody but one lets that one in',
    '!cell.anyBut.includes(value)',
    'cell.anyBut.includes(value)',
  ],
  [
    'the longest of several times counts',
    'maxDays: days.length > 0 ? Math.min(...days) : null,\n    oneTime: going',
    'maxDays: days.length > 0 ? Math.max(...days) : null,\n    oneTime: going',
  ],
  [
    'a need of several rows is read from the first alone',
    `outcome === 'needs' ? ordered.flatMap((each) => each.missing) : (first?.missing ?? [])`,
    'first?.missing ?? []',
  ],
  [
    'a condition counts although it is not so',
    'row.when.every((fact) => facts.has(fact))',
    'row.when.some((fact) => facts.has(fact))',
  ],
  [
    'a kind of agency is among *everybody but* its kind',
    'holds(cell, role) && (kind === undefined || holds(cell, kind))',
    'holds(cell, role)',
  ],
  [
    'a kind of agency escapes the rule of its kind',
    'return holds(cell, role) || (kind !== undefined && holds(cell, kind))',
    'return holds(cell, role)',
  ],
])

const law: readonly RuleFault[] = faultsIn(of('law-pack.rules'), of('law-pack.rules.test'), [
  [
    'a young person whose age nobody knows agrees alone',
    'ageMonths !== null && ageMonths >=',
    '(ageMonths ?? 999) >=',
  ],
  [
    'a young person agrees alone where a parent has to',
    'if (advocate && withParent.value) return { may: false, row: withParent.row }',
    '',
  ],
  [
    'special records go where no law says so',
    `return packField(law, 'special-records').value`,
    'return true',
  ],
  ['an injury report is lawful for whoever wants one', `basis === 'MAND' && packField`, `packField`],
  [
    'a source that nobody has read loosens a rule',
    `source.standing === 'unverified'`,
    `source.standing === null`,
  ],
  ['a pack shares without a release in the US', `packField(law, id).value !== 'never'`, 'false'],
  [
    'a pack takes spoken words in the US',
    `id === 'spoken-agreement' && packField(law, id).value`,
    `id === 'spoken-agreement' && false`,
  ],
  [
    'a value that cannot be acted on counts as set',
    'const isSet = read?.success === true',
    'const isSet = read !== null',
  ],
])

const decision: readonly RuleFault[] = faultsIn(of('decision.rules'), of('decision.rules.test'), [
  [
    'sharing without agreement is open where no law knows it',
    `packField(law, 'sharing-without-agreement').value === 'layered-test'`,
    'true',
  ],
  ['no second person has to agree', `return packField(law, 'second-person').value`, 'return false'],
  [
    'whoever causes harm advises',
    `flaggedByName(at.people, given.adviser) === null ? []`,
    `given.adviser !== null ? []`,
  ],
  [
    '*without agreement* for somebody who agrees',
    `given.agreement === 'agrees' ? [problem`,
    `given.agreement === '' ? [problem`,
  ],
  [
    'an agency that the person named receives all the same',
    `...(at.excluded.has(at.to.partyId) ? ['recipient-excluded'] : []),`,
    '',
  ],
  ['a child who is a victim is not asked', `&& given.childWishes === ''`, '&& false'],
  ['data of a special kind goes by no article', `given.special === 'yes' && given.article9 === ''`, 'false'],
  [
    'data about offences goes by no condition',
    `given.offenceData === 'yes' && given.offence === ''`,
    'false',
  ],
  [
    'what nobody has checked is relied on alone',
    `options.some((each) => each.standing !== 'seen') && given.adviser === ''`,
    'false',
  ],
  ['a power for children is used for an adult', 'each.child && !child', 'false'],
  [
    'a charity uses a power of the state',
    `!(each.body === 'public' && voluntarySectors.has(at.fromSector)) &&`,
    '',
  ],
  [
    'an answer that is not open here counts',
    'filter(({ option }) => option === null)',
    'filter(({ option }) => option === undefined)',
  ],
  ['nobody says why the person was not told', `given.told === 'yes' || given.toldWhy !== ''`, 'true'],
  [
    'a refused item is no problem',
    `if (verdict.outcome !== 'needs')\n      return [{`,
    `if (verdict.outcome === 'needs')\n      return [{`,
  ],
])

const standing: readonly RuleFault[] = [
  ...faultsIn(of('standing.rules'), of('standing.rules.test'), [
    ['a permission on hold goes on', `release.state === 'suspended' ? { changedAt: now } : null`, 'null'],
    [
      'a stored permission that was taken back goes on',
      'return { startsAt, endsAt, confirmedAt, withdrawnAt, lastSeenAt: null }',
      'return { startsAt, endsAt, confirmedAt, withdrawnAt: null, lastSeenAt: null }',
    ],
    [
      'a draft is judged as signed',
      `if (release.state === 'draft' || marks === null) return []`,
      `if (marks === null) return []`,
    ],
    [
      'a draft that was put away counts as in force',
      `if (marks === null) return 'withdrawn'`,
      `if (marks === null) return 'active'`,
    ],
    [
      'whoever is named after the signing changes nothing',
      'flagged: at.people.flagged,',
      'flagged: new Set(),',
    ],
    [
      'an agency that is named after the sending goes on reading',
      'excludedParties: at.excluded,',
      'excludedParties: new Set(),',
    ],
    [
      'a name stops nothing that was sent',
      '.some(({ field, rule }) => !before.has(`${field} ${rule}`))',
      '.some(({ field, rule }) => before.has(`${field} ${rule}`))',
    ],
  ]),
  ...faultsIn(of('draft.rules'), of('standing.rules.test'), [
    ['whoever causes harm is asked for', `...namedProblem(at, release.recipient.person, 'person'),`, ''],
    ['whoever causes harm is the witness', `...namedProblem(at, release.witness, 'witness'),`, ''],
    [
      'whoever causes harm interprets',
      `...namedProblem(at, release.interpreter?.name ?? null, 'interpreter'),`,
      '',
    ],
    [
      'whoever causes harm is in the room',
      `...release.present.flatMap((who) => namedProblem(at, who, 'present')),`,
      '',
    ],
    [
      'what the rules refuse is no problem of the form',
      '...verdictProblems(release, listedVerdicts(release, at, marks)),',
      '',
    ],
  ]),
]

const spoken: readonly RuleFault[] = faultsIn(of('spoken.rules'), of('spoken.rules.test'), [
  [
    'a first agreement is spoken where the law takes none',
    'if (first.value || kept.renews === null)',
    'if (first.value)',
  ],
  ['spoken words count where the law takes none', 'allowed: general && first.value', 'allowed: general'],
  ['a renewal is spoken where the law takes none', 'allowed: general && again.value', 'allowed: general'],
  ['psychotherapy notes go by spoken words', `kept.release.form === 'general' && kept`, 'kept'],
  ['a child’s release is signed by telephone', ` && kept.release.subject.kind === 'adult'`, ''],
])

/** Mistakes planted in the evaluator, the law of the place, sharing without agreement, and what is stored. */
export const sharingFaults: readonly RuleFault[] = [...evaluator, ...law, ...decision, ...standing, ...spoken]
