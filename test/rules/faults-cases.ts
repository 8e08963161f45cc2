import { faultsIn, type RuleFault } from './fault.ts'

const court: readonly RuleFault[] = faultsIn(
  'src/grounds/court.rules.ts',
  'src/grounds/court.rules.test.ts',
  [
    ['the export opens at the order, before anything went', `!['sent', 'ended'].includes(`, `!['ordered', 'sent', 'ended'].includes(`],
    ['the export opens once the person answered', `!['sent', 'ended'].includes(`, `!['answered', 'ordered', 'sent', 'ended'].includes(`],
    ['an order counts before a lawyer read the paper', `received: ['counsel', 'end']`, `received: ['counsel', 'order', 'end']`],
    ['an order counts before the person was told', `counsel: ['tell', 'end']`, `counsel: ['tell', 'order', 'end']`],
    ['an order counts before the person could object', `told: ['tell', 'answer', 'end']`, `told: ['tell', 'answer', 'order', 'end']`],
    ['something goes before a judge ordered it', `answered: ['tell', 'order', 'end']`, `answered: ['tell', 'order', 'send', 'end']`],
    ['something goes twice', `sent: ['tell']`, `sent: ['tell', 'send']`],
    ['something goes after the paper was set aside', `ended: ['tell']`, `ended: ['tell', 'order', 'send']`],
    ['a step is taken that is not open', `if (!courtActs(court).includes(step.act)) return { refused: 'rule', rule: 'court-1' }`, ''],
    ['what the order does not name goes', 'keys.some((key) => !named.includes(key))', 'keys.every((key) => !named.includes(key))'],
    ['somebody whom the order does not name receives', `if (step.to !== court.order?.recipient.name) return { refused: 'rule', rule: 'court-3' }`, ''],
    ['a lawyer’s paper counts as a judge’s order', `['judges-order', order !== null]`, `['judges-order', true]`],
    ['any order names this reader', 'order?.recipient.readerNamed ?? false', 'order !== null'],
    ['nobody tells the person, and it counts as told', `['person-told-or-reason', told !== null]`, `['person-told-or-reason', true]`],
    ['an order alone opens substance use records', `order !== null && request.sort === 'subpoena'`, 'order !== null'],
  ],
)

const danger: readonly RuleFault[] = faultsIn(
  'src/grounds/danger.rules.ts',
  'src/grounds/danger.rules.test.ts',
  [
    ['it is readable at the minute of its end', 'endsAt.getTime() <= now.getTime()', 'endsAt.getTime() < now.getTime()'],
    ['it is readable although no end stands', `endsAt === null || endsAt.getTime()`, `endsAt !== null && endsAt.getTime()`],
    ['it is readable for two days', 'dangerHours = 24', 'dangerHours = 48'],
    ['one worker alone sends', `if (ground.madeBy === by.accountId) return { refused: 'rule', rule: 'danger-1' }`, ''],
    ['one worker counts as two', `...(so.twoPeople ? ['two-people'] : [])`, `'two-people'`],
    ['an agency that the case keeps out receives', `...(so.excluded ? ['recipient-excluded'] : []),`, ''],
    ['what changed meanwhile is confirmed', 'by.now.get(item.key) === item.text', 'by.now.has(item.key)'],
    ['what was stopped is sent', `if (danger.sent !== null || danger.dropped !== null) return { refused: 'rule', rule: 'danger-3' }\n  if (ground`, `if (ground`],
    ['what was stopped counts as sent', `if (danger.dropped !== null) return 'dropped'`, ''],
    ['whoever asked reviews', ` || by.accountId === ground.madeBy`, ''],
    ['anybody reviews', '!by.leads ||', ''],
    ['a second review writes over the first', 'danger.sent === null || danger.review !== null', 'danger.sent === null'],
    ['it is readable after its review', `if (danger.review !== null) return 'reviewed'`, ''],
    ['the mildest answer stands first', `Number(a.outcome === 'allow') - Number(b.outcome === 'allow')`, `Number(b.outcome === 'allow') - Number(a.outcome === 'allow')`],
  ],
)

const report: readonly RuleFault[] = faultsIn(
  'src/grounds/report.rules.ts',
  'src/grounds/report.rules.test.ts',
  [
    ['exposure alone is reported', `if (report.sort === 'exposure' && !law.exposureIsGround) return { refused: 'rule', rule: 'report-2' }`, ''],
    ['a report is made of nothing', `if (reportState(report) !== 'written') return { refused: 'rule', rule: 'report-4' }\n  return { ...report, made`, `return { ...report, made`],
    ['a report lacks a fact', 'reportFacts.every((fact)', 'reportFacts.some((fact)'],
    ['a page of the file goes with a report', `[] : ['report-form', 'minimum-only', 'no-attachment']`, `['no-attachment'] : ['report-form', 'minimum-only', 'no-attachment', 'person-told-or-reason']`],
    ['a report goes although nothing was said about telling', `...(report.told === null ? [] : ['person-told-or-reason'])`, `'person-told-or-reason'`],
    ['a report is written again after *none is made*', `if (!['begun', 'written'].includes(reportState(report))) return { refused: 'rule', rule: 'report-4' }\n  if (report`, `if (report`],
    ['a consultation names somebody', 'part.length >= 2 && words.has(part)', 'false'],
    ['a consultation tells another name', '[card.name, ...card.sayAloud]', '[card.name]'],
    ['a consultation tells a telephone number', `/\\+?\\d(?:[\\s().-]?\\d){5,}/,`, ''],
    ['a consultation tells a date', `/\\b\\d{1,2}[./-]\\d{1,2}[./-]\\d{2,4}\\b|\\b\\d{4}-\\d{2}-\\d{2}\\b/,`, ''],
    ['a consultation tells a postcode', `/\\b[A-Z]{1,2}\\d[A-Z\\d]? ?\\d[A-Z]{2}\\b/,`, ''],
    ['a consultation tells a house', `/\\b\\d+ (?:\\p{L}+ ){1,3}(?:street|road|lane|avenue|close|drive|way)\\b/iu,`, ''],
    ['exposure is ground enough where nothing is set', 'inOwnRight.isSet && inOwnRight.value === true', 'inOwnRight.value === true'],
    ['whoever was told already is told again as *not yet*', `report.told?.state === 'told' ? report.told : given.told`, 'given.told'],
  ],
)

const filePack: readonly RuleFault[] = faultsIn(
  'src/asks/file-pack.rules.ts',
  'src/asks/file-pack.rules.test.ts',
  [
    ['the file of whoever causes harm goes to the person who asks', `if (entry.never !== null) return { ...entry, state: 'out', ground: entry.never, reason: '' }`, ''],
    ['what tells of others goes without a reason', `return reason === ''\n      ?`, `return reason === null\n      ?`],
    ['what was left out goes all the same', `if (pick?.outFor) return { ...entry, state: 'out', ground: pick.outFor, reason: '' }`, ''],
    ['somebody named as causing harm asks for a file', ' && !harmful.has(nameKey(card.name))', ''],
    ['somebody else’s file may be asked for', `card.role === 'survivor' || card.role === 'child'`, `card.role !== 'personCausingHarm'`],
    ['another name of somebody else is not seen', `[card.name, ...card.sayAloud].flatMap(wordsOf).some(`, `[card.name].flatMap(wordsOf).some(`],
  ],
)

const people: readonly RuleFault[] = [
  ...faultsIn('src/people/close.rules.ts', 'src/people/rules.test.ts', [
    ['somebody shut out keeps the closed case', 'const may = (account: string) => !wish.excluded.includes(account)', 'const may = (account: string) => account !== null'],
    ['somebody without casework keeps the closed case', `may(account) && mayDo(staff.get(account) ?? [], 'case:write')`, 'may(account)'],
    ['every privacy lead reads a closed case', '.slice(0, privacyLeads)', ''],
    ['a shut-out privacy lead reads a closed case', `may(account) && mayDo(staff.get(account) ?? [], 'privacy:lead')`, `mayDo(staff.get(account) ?? [], 'privacy:lead')`],
  ]),
  ...faultsIn('src/people/card.rules.ts', 'src/people/rules.test.ts', [
    ['a name that is no longer safe is said aloud', 'written !== null && subject.sayAloud.includes(written)', 'written !== null'],
    ['whoever causes harm is whom the case is for', `survivorOf(cards) ?? cards.find((card) => card.role === 'child') ?? cards[0]`, 'survivorOf(cards) ?? cards[0]'],
  ]),
  ...faultsIn('src/people/safe-contact.rules.ts', 'src/people/safe-contact.rules.test.ts', [
    ['a message goes although nothing may', `contact.nothingAtAll\n    ? 'contact-none'\n    : `, ''],
    ['a message goes where others read along', `if (way.whoElseSees === 'yes') return 'contact-seen-by-others'`, ''],
    ['a message goes by somebody who is not safe', `contact.notSafe.includes(way.trustedPersonRef)`, 'false'],
    ['a telephone rings at an unsafe hour', `if (way.unsafe.some((each) => covers(each, local))) return 'contact-unsafe-time'`, ''],
    ['a telephone rings outside the safe hours', `return way.safe.some((each) => covers(each, local)) ? null : 'contact-outside-safe-time'`, 'return null'],
    ['a safe hour lasts one minute too long', `today && minute >= from && minute < to`, `today && minute >= from && minute <= to`],
    ['safe contact of long ago is used', `> freshDays * dayMs ? 'contact-stale' : null`, `> freshDays * dayMs * 99 ? 'contact-stale' : null`],
    ['one person overrides alone', ' && by !== second', ''],
    ['a voicemail is left where none may be', `if (act.kind === 'voicemail' && way.voicemail === 'no') return 'contact-voicemail'`, ''],
    ['a message names the agency', `if (act.namesAgency) return 'contact-names-agency'`, ''],
    ['a message carries a link', `if (act.hasLink) return 'contact-link'`, ''],
    ['the name is said to whoever answers', 'name: act.someoneElseAnswered ? null : contact.nameSafeToSay', 'name: contact.nameSafeToSay'],
    ['paper is printed that may not be', `contact.printing === 'no' ? 'contact-printing' : null`, 'null'],
  ]),
]

const threads: readonly RuleFault[] = faultsIn(
  'src/referrals/thread.rules.ts',
  'src/referrals/thread.rules.test.ts',
  [
    ['a decision comes back although nothing may', 'backLevels.indexOf(comesBack) >= backLevels.indexOf(level)', 'backLevels.indexOf(comesBack) <= backLevels.indexOf(level)'],
    ['news opens a thread that was taken back', `news === 'withdrawn' || old === 'withdrawn'`, `news === 'withdrawn'`],
    ['the other side takes back', `if (!rule.sides.includes(thread.side)) return { refused: 'other-side-does-this', state }`, ''],
    ['a question without a name becomes a referral', `if (!rule.kinds.includes(thread.kind)) return { refused: 'not-for-an-ask', state }`, ''],
  ],
)

/** Mistakes planted in the rules of other grounds, of what a person can ask for, of the case and of threads. */
export const caseFaults: readonly RuleFault[] = [...court, ...danger, ...report, ...filePack, ...people, ...threads]
