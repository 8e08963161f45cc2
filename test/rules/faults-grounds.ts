import { faultsIn, type RuleFault } from './fault.ts'

const court: readonly RuleFault[] = faultsIn(
  'src/grounds/court.rules.ts',
  'src/grounds/court.rules.test.ts',
  [
    [
      'the export opens at the order, before anything went',
      `!['sent', 'ended'].includes(`,
      `!['ordered', 'sent', 'ended'].includes(`,
    ],
    [
      'the export opens once the person answered',
      `!['sent', 'ended'].includes(`,
      `!['answered', 'ordered', 'sent', 'ended'].includes(`,
    ],
    [
      'an order counts before a lawyer read the paper',
      `received: ['counsel', 'end']`,
      `received: ['counsel', 'order', 'end']`,
    ],
    [
      'an order counts before the person was told',
      `counsel: ['tell', 'end']`,
      `counsel: ['tell', 'order', 'end']`,
    ],
    [
      'an order counts before the person could object',
      `told: ['tell', 'answer', 'end']`,
      `told: ['tell', 'answer', 'order', 'end']`,
    ],
    [
      'something goes before a judge ordered it',
      `answered: ['tell', 'order', 'end']`,
      `answered: ['tell', 'order', 'send', 'end']`,
    ],
    ['something goes twice', `sent: ['tell']`, `sent: ['tell', 'send']`],
    ['something goes after the paper was set aside', `ended: ['tell']`, `ended: ['tell', 'order', 'send']`],
    [
      'a step is taken that is not open',
      `if (!courtActs(court).includes(step.act)) return { refused: 'rule', rule: 'court-1' }`,
      '',
    ],
    [
      'what the order does not name goes',
      'keys.some((key) => !named.includes(key))',
      'keys.every((key) => !named.includes(key))',
    ],
    [
      'somebody whom the order does not name receives',
      `if (step.to !== court.order?.recipient.name) return { refused: 'rule', rule: 'court-3' }`,
      '',
    ],
    [
      'a lawyer’s paper counts as a judge’s order',
      `['judges-order', order !== null]`,
      `['judges-order', true]`,
    ],
    ['any order names this reader', 'order?.recipient.readerNamed ?? false', 'order !== null'],
    [
      'nobody tells the person, and it counts as told',
      `['person-told-or-reason', told !== null]`,
      `['person-told-or-reason', true]`,
    ],
    [
      'an order alone opens substance use records',
      `order !== null && request.sort === 'subpoena'`,
      'order !== null',
    ],
    [
      'something goes before the person was told where the law wants it',
      `if (step.mustTell && court.told?.state !== 'told') return { refused: 'rule', rule: 'court-5' }`,
      '',
    ],
    [
      'a reason why not yet is enough where the law wants the person told',
      `court.told?.state !== 'told') return { refused: 'rule', rule: 'court-5' }`,
      `court.told === null) return { refused: 'rule', rule: 'court-5' }`,
    ],
    [
      'nothing goes by an order where the law leaves it open',
      `step.mustTell && court.told?.state !== 'told'`,
      `court.told?.state !== 'told'`,
    ],
  ],
)

const danger: readonly RuleFault[] = faultsIn(
  'src/grounds/danger.rules.ts',
  'src/grounds/danger.rules.test.ts',
  [
    [
      'it is readable at the minute of its end',
      'endsAt.getTime() <= now.getTime()',
      'endsAt.getTime() < now.getTime()',
    ],
    [
      'it is readable although no end stands',
      `endsAt === null || endsAt.getTime()`,
      `endsAt !== null && endsAt.getTime()`,
    ],
    ['it is readable for two days', 'dangerHours = 24', 'dangerHours = 48'],
    [
      'one worker alone sends',
      `if (ground.madeBy === by.accountId) return { refused: 'rule', rule: 'danger-1' }`,
      '',
    ],
    ['one worker counts as two', `...(so.twoPeople ? ['two-people'] : [])`, `'two-people'`],
    ['an agency that the case keeps out receives', `...(so.excluded ? ['recipient-excluded'] : []),`, ''],
    ['what changed meanwhile is confirmed', 'by.now.get(item.key) === item.text', 'by.now.has(item.key)'],
    [
      'what was stopped is sent',
      `if (danger.sent !== null || danger.dropped !== null) return { refused: 'rule', rule: 'danger-3' }\n  if (ground`,
      `if (ground`,
    ],
    ['what was stopped counts as sent', `if (danger.dropped !== null) return 'dropped'`, ''],
    ['whoever asked reviews', ` || by.accountId === ground.madeBy`, ''],
    ['anybody reviews', '!by.leads ||', ''],
    [
      'a second review writes over the first',
      'danger.sent === null || danger.review !== null',
      'danger.sent === null',
    ],
    ['it is readable after its review', `if (danger.review !== null) return 'reviewed'`, ''],
    [
      'the mildest answer stands first',
      `Number(a.outcome === 'allow') - Number(b.outcome === 'allow')`,
      `Number(b.outcome === 'allow') - Number(a.outcome === 'allow')`,
    ],
  ],
)

const report: readonly RuleFault[] = faultsIn(
  'src/grounds/report.rules.ts',
  'src/grounds/report.rules.test.ts',
  [
    [
      'exposure alone is reported',
      `if (report.sort === 'exposure' && !law.exposureIsGround) return { refused: 'rule', rule: 'report-2' }`,
      '',
    ],
    [
      'a report is made of nothing',
      `if (reportState(report) !== 'written') return { refused: 'rule', rule: 'report-4' }\n  return { ...report, made`,
      `return { ...report, made`,
    ],
    ['a report lacks a fact', 'reportFacts.every((fact)', 'reportFacts.some((fact)'],
    [
      'a page of the file goes with a report',
      `[] : ['report-form', 'minimum-only', 'no-attachment']`,
      `['no-attachment'] : ['report-form', 'minimum-only', 'no-attachment', 'person-told-or-reason']`,
    ],
    [
      'a report goes although nothing was said about telling',
      `...(report.told === null ? [] : ['person-told-or-reason'])`,
      `'person-told-or-reason'`,
    ],
    [
      'a report is written again after *none is made*',
      `if (!['begun', 'written'].includes(reportState(report))) return { refused: 'rule', rule: 'report-4' }\n  if (report`,
      `if (report`,
    ],
    ['a consultation names somebody', 'part.length >= 2 && words.has(part)', 'false'],
    ['a consultation tells another name', 'of namesOn(card)', 'of [card.name]'],
    ['a consultation tells a telephone number', `/\\+?\\d(?:[\\s().-]?\\d){5,}/,`, ''],
    [
      'a consultation tells a date',
      `/\\b\\d{1,2}[./-]\\d{1,2}[./-]\\d{2,4}\\b|\\b\\d{4}-\\d{2}-\\d{2}\\b/,`,
      '',
    ],
    ['a consultation tells a postcode', `/\\b[A-Z]{1,2}\\d[A-Z\\d]? ?\\d[A-Z]{2}\\b/,`, ''],
    [
      'a consultation tells a house',
      `/\\b\\d+ (?:\\p{L}+ ){1,3}(?:street|road|lane|avenue|close|drive|way)\\b/iu,`,
      '',
    ],
    [
      'exposure is ground enough where nothing is set',
      'inOwnRight.isSet && inOwnRight.value === true',
      'inOwnRight.value === true',
    ],
    [
      'whoever was told already is told again as *not yet*',
      `report.told?.state === 'told' ? report.told : given.told`,
      'given.told',
    ],
  ],
)

const injury: readonly RuleFault[] = faultsIn(
  'src/grounds/injury.rules.ts',
  'src/grounds/injury.rules.test.ts',
  [
    ['an injury is reported twice', `if (injury.made !== null) return 'made'`, ''],
    [
      'an injury is reported after *none is made*',
      `return injury.notMade === null ? 'written' : 'not-made'`,
      `return 'written'`,
    ],
    [
      'what was made is written over by another report',
      `injuryState(injury) === 'written' ? { ...injury, made: how }`,
      `injuryState(injury) !== 'not-made' ? { ...injury, made: how }`,
    ],
    [
      'what was made counts as *none was made*',
      `return injuryState(injury) === 'written'\n`,
      `return injuryState(injury) !== 'not-made'\n`,
    ],
    ['an injury is reported where the table wants more', `outcome === 'allow'`, `outcome !== 'forbidden'`],
    ['an injury is reported where no law asks for it', `.outcome === 'allow'`, `.outcome !== 'allow'`],
    ['pages of the file go with an injury', `to: 'POL', record, basis`, `to: 'POL', record: 'R6', basis`],
    ['an injury is reported by anybody', 'from: roleOf(sector)', `from: 'PCP'`],
    [
      'an injury is reported before anybody told the person',
      `basis: 'MAND', facts })`,
      `basis: 'MAND', facts: [...facts, 'person-told-or-reason'] })`,
    ],
    [
      'an injury is reported before safety was planned',
      `basis: 'MAND', facts })`,
      `basis: 'MAND', facts: [...facts, 'safety-plan-first'] })`,
    ],
    [
      'more than the least is reported of an injury',
      `basis: 'MAND', facts })`,
      `basis: 'MAND', facts: [...facts, 'minimum-only'] })`,
    ],
    [
      'another law is kept with the report',
      `packField(law, 'injury-report')`,
      `packField(law, 'after-death-release')`,
    ],
  ],
)

const glass: readonly RuleFault[] = [
  ...faultsIn('src/grounds/glass.rules.ts', 'src/grounds/glass.rules.test.ts', [
    [
      'the glass stays open at the minute of its end',
      'endsAt.getTime() <= now.getTime()',
      'endsAt.getTime() < now.getTime()',
    ],
    ['the glass is open without an end', 'endsAt === null ||', 'endsAt !== null &&'],
    ['the glass is open after its review', `if (glass.review !== null) return 'reviewed'`, ''],
    ['whoever opened reviews', ` || by.accountId === ground.madeBy`, ''],
    ['anybody reviews', '!by.leads ||', ''],
    [
      'a second review writes over the first',
      `if (glass.review !== null) return { refused: 'rule', rule: 'glass-3' }`,
      '',
    ],
    ['any link that holds a number opens a case', '/^(?:', '/(?:'],
  ]),
  ...faultsIn('src/grounds/waiting.rules.ts', 'src/grounds/danger.rules.test.ts', [
    ['whoever asked is asked to confirm', `state === 'asked' && others`, `state === 'asked'`],
    ['anybody is asked to review', `state === 'over' && others && by.leads`, `state === 'over' && others`],
    ['nobody is asked again to tell the person', 'body.told.again <= by.today', 'body.told.again < by.today'],
  ]),
  ...faultsIn('src/grounds/waiting.rules.ts', 'src/grounds/glass.rules.test.ts', [
    ['nobody is asked to look at an opening', `!== 'reviewed' && others`, `=== 'reviewed' && others`],
  ]),
]

const gone: readonly RuleFault[] = [
  ...faultsIn('src/grounds/disclosure.rules.ts', 'src/grounds/disclosure.rules.test.ts', [
    [
      'what went by an order stands nowhere',
      `if (body.kind === 'court') return wentByOrder(body)`,
      `if (body.kind === 'court') return null`,
    ],
    [
      'what the order named stands as gone',
      'items: gone.items.map((item) => item.title)',
      'items: order.items',
    ],
    ['a report stands nowhere', `: wentInReport(t, body)`, ': null'],
    [
      'a report stands without its facts',
      'items: reportFacts.map((fact) => t(`grounds.report.fact.${fact}`))',
      'items: []',
    ],
  ]),
  ...faultsIn('src/grounds/disclosure.rules.ts', 'src/grounds/danger.rules.test.ts', [
    [
      'what went in danger stands nowhere',
      `body.kind === 'danger' ? wentInDanger(body)`,
      `body.kind === 'danger' ? null`,
    ],
  ]),
  ...faultsIn('src/grounds/items.rules.ts', 'src/grounds/items.rules.test.ts', [
    ['an order names the notes as one', 'key: `note~${note.id}`', `key: 'note'`],
    [
      'a programme’s notes go as an advocate’s',
      `record: recordOf(kindOfNote[note.noteClass ?? 'ordinary'], role)`,
      `record: recordOf(kindOfNote[note.noteClass ?? 'ordinary'], 'DVA')`,
    ],
    [
      'something goes by an order before its steps',
      'facts: about.facts',
      `facts: [...about.facts, 'counsel-reviewed', 'exact-items']`,
    ],
  ]),
]

/** Mistakes planted in the grounds other than a release. */
export const groundFaults: readonly RuleFault[] = [
  ...court,
  ...danger,
  ...report,
  ...injury,
  ...glass,
  ...gone,
]
