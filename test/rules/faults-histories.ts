import { faultsIn, type RuleFault } from './fault.ts'

const by = 'test/histories/histories.test.ts'

/** Mistakes in rules that random histories have to find: what the evaluator says is then not what fence and keys do. */
export const historyFaults: readonly RuleFault[] = [
  ...faultsIn('src/releases/standing.rules.ts', by, [
    [
      'a permission on hold goes on',
      `release.state === 'suspended' ? { changedAt: now } : null`,
      'now.getTime() < 0 ? { changedAt: now } : null',
    ],
  ]),
  ...faultsIn('src/releases/named.rules.ts', by, [
    [
      'an agency that the case names is sent to',
      'name.length >= 4 && said.includes(',
      'name.length < 4 && said.includes(',
    ],
    [
      'whoever causes harm signs for the person',
      '...file.personsCausingHarm.map((card) => card.id),',
      '...file.personsCausingHarm.slice(1).map((card) => card.id),',
    ],
  ]),
  ...faultsIn('src/releases/release-times.rules.ts', by, [
    ['what time has ended goes on', `if (time >= marks.endsAt.getTime()) return 'expired'`, ''],
    ['what was taken back goes on', `if (marks.withdrawnAt) return 'withdrawn'`, ''],
  ]),
]
