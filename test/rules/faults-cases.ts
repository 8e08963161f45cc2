import { faultsIn, type RuleFault } from './fault.ts'

const asks: readonly RuleFault[] = [
  ...faultsIn('src/asks/correction.rules.ts', 'src/asks/file-pack.rules.test.ts', [
    ['a correction goes under a permission that ended', `release.state === 'active' &&`, ''],
    [
      'a correction tells more than the permission lists',
      'release.kinds.some((kind) => about.includes(kind)) &&',
      '',
    ],
    ['a correction is told twice', '!ask.told.some((told) => told.release === release.id)', 'true'],
  ]),
  ...faultsIn('src/asks/retention.rules.ts', 'src/asks/file-pack.rules.test.ts', [
    ['a part is destroyed before its time', 'since <= now &&', ''],
    ['a part is destroyed although somebody keeps it', ' && (kept === undefined || kept <= now)', ''],
  ]),
  ...faultsIn('src/asks/clock.rules.ts', 'src/asks/file-pack.rules.test.ts', [
    [
      'a person waits longer than the law of the place lets',
      'field.isSet ? field.value : (setting.time ?? field.value)',
      'setting.time ?? field.value',
    ],
  ]),
]

const filePack: readonly RuleFault[] = faultsIn(
  'src/asks/file-pack.rules.ts',
  'src/asks/file-pack.rules.test.ts',
  [
    [
      'the file of whoever causes harm goes to the person who asks',
      `if (entry.never !== null) return { ...entry, state: 'out', ground: entry.never, reason: '' }`,
      '',
    ],
    [
      'what tells of others goes without a reason',
      `return reason === ''\n      ?`,
      `return reason === null\n      ?`,
    ],
    [
      'what was left out goes all the same',
      `if (pick?.outFor) return { ...entry, state: 'out', ground: pick.outFor, reason: '' }`,
      '',
    ],
    ['somebody named as causing harm asks for a file', ' && !harmful.has(nameKey(card.name))', ''],
    [
      'somebody else’s file may be asked for',
      `card.role === 'survivor' || card.role === 'child'`,
      `card.role !== 'personCausingHarm'`,
    ],
    ['another name of somebody else is not seen', `      namesOn(card)\n`, `      [card.name]\n`],
  ],
)

const people: readonly RuleFault[] = [
  ...faultsIn('src/people/close.rules.ts', 'src/people/rules.test.ts', [
    [
      'somebody shut out keeps the closed case',
      'const may = (account: string) => !wish.excluded.includes(account)',
      'const may = (account: string) => account !== null',
    ],
    [
      'somebody without casework keeps the closed case',
      `may(account) && mayDo(staff.get(account) ?? [], 'case:write')`,
      'may(account)',
    ],
    ['every privacy lead reads a closed case', '.slice(0, privacyLeads)', ''],
    [
      'a shut-out privacy lead reads a closed case',
      `may(account) && mayDo(staff.get(account) ?? [], 'privacy:lead')`,
      `mayDo(staff.get(account) ?? [], 'privacy:lead')`,
    ],
  ]),
  ...faultsIn('src/people/card.rules.ts', 'src/people/rules.test.ts', [
    [
      'a name that is no longer safe is said aloud',
      'written !== null && subject.sayAloud.includes(written)',
      'written !== null',
    ],
    [
      'whoever causes harm is whom the case is for',
      `survivorOf(cards) ?? cards.find((card) => card.role === 'child') ?? cards[0]`,
      'survivorOf(cards) ?? cards[0]',
    ],
  ]),
  ...faultsIn('src/people/safe-contact.rules.ts', 'src/people/safe-contact.rules.test.ts', [
    ['a message goes although nothing may', `contact.nothingAtAll\n    ? 'contact-none'\n    : `, ''],
    [
      'a message goes where others read along',
      `if (way.whoElseSees === 'yes') return 'contact-seen-by-others'`,
      '',
    ],
    ['a message goes by somebody who is not safe', `contact.notSafe.includes(way.trustedPersonRef)`, 'false'],
    [
      'a telephone rings at an unsafe hour',
      `if (way.unsafe.some((each) => covers(each, local))) return 'contact-unsafe-time'`,
      '',
    ],
    [
      'a telephone rings outside the safe hours',
      `return way.safe.some((each) => covers(each, local)) ? null : 'contact-outside-safe-time'`,
      'return null',
    ],
    [
      'a safe hour lasts one minute too long',
      `today && minute >= from && minute < to`,
      `today && minute >= from && minute <= to`,
    ],
    [
      'safe contact of long ago is used',
      `> freshDays * dayMs ? 'contact-stale' : null`,
      `> freshDays * dayMs * 99 ? 'contact-stale' : null`,
    ],
    ['one person overrides alone', ' && by !== second', ''],
    [
      'a voicemail is left where none may be',
      `if (act.kind === 'voicemail' && way.voicemail === 'no') return 'contact-voicemail'`,
      '',
    ],
    ['a message names the agency', `if (act.namesAgency) return 'contact-names-agency'`, ''],
    ['a message carries a link', `if (act.hasLink) return 'contact-link'`, ''],
    [
      'the name is said to whoever answers',
      'name: act.someoneElseAnswered ? null : contact.nameSafeToSay',
      'name: contact.nameSafeToSay',
    ],
    ['paper is printed that may not be', `contact.printing === 'no' ? 'contact-printing' : null`, 'null'],
  ]),
]

const threads: readonly RuleFault[] = faultsIn(
  'src/referrals/thread.rules.ts',
  'src/referrals/thread.rules.test.ts',
  [
    [
      'a decision comes back although nothing may',
      'backLevels.indexOf(comesBack) >= backLevels.indexOf(level)',
      'backLevels.indexOf(comesBack) <= backLevels.indexOf(level)',
    ],
    [
      'news opens a thread that was declined',
      `if (old === 'declined') return news === 'ended' ? news : old`,
      '',
    ],
    [
      'the other side takes back',
      `if (!rule.sides.includes(thread.side)) return { refused: 'other-side-does-this', state }`,
      '',
    ],
    [
      'a question without a name becomes a referral',
      `if (!rule.kinds.includes(thread.kind)) return { refused: 'not-for-an-ask', state }`,
      '',
    ],
  ],
)

const guardians: readonly RuleFault[] = faultsIn(
  'src/referrals/sending.rules.ts',
  'src/referrals/sending.rules.test.ts',
  [
    [
      'whoever causes harm is offered as guardian',
      `card.role !== 'personCausingHarm' &&\n      card.id`,
      'card.id',
    ],
    ['whoever is not safe is offered as guardian', '!people.flagged.has(card.id) &&', ''],
    [
      'somebody with the name of whoever causes harm signs',
      'flaggedByName(people, card.name) === null',
      'true',
    ],
    ['a child signs for a child', `card.role !== 'child' &&\n      card.role`, 'card.role'],
    [
      'a guardian who was not offered signs',
      'possibleGuardians(file, context).some((card) => card.id === form.guardian)',
      'file.cards.some((card) => card.id === form.guardian)',
    ],
  ],
)

/** Mistakes planted in what a person can ask for, in the case, in safe contact and in threads. */
export const caseFaults: readonly RuleFault[] = [...asks, ...filePack, ...people, ...threads, ...guardians]
