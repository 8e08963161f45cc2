import { faultsIn, type RuleFault } from './fault.ts'

const of = (name: string) => `src/releases/${name}.ts`

const times: readonly RuleFault[] = faultsIn(of('release-times.rules'), of('release-times.rules.test'), [
  ['a permission still holds at the minute of its end', 'time >= marks.endsAt', 'time > marks.endsAt'],
  ['what was taken back goes on', `if (marks.withdrawnAt) return 'withdrawn'`, ''],
  [
    '*danger changed* stops nothing',
    `if (danger && danger.changedAt.getTime() >= marks.confirmedAt.getTime()) return 'suspended'`,
    '',
  ],
  [
    '*danger changed* in the minute of the confirmation stops nothing',
    'danger.changedAt.getTime() >= marks',
    'danger.changedAt.getTime() > marks',
  ],
  [
    'a clock that is set back opens an ended permission again',
    'now.getTime(), marks.lastSeenAt?.getTime() ?? 0',
    'now.getTime()',
  ],
  [
    'a permission holds before it begins',
    `time < marks.startsAt.getTime() ? 'not-yet' : 'active'`,
    `'active'`,
  ],
  ['a long wait makes a permission longer than the rules leave', 'Math.min(kind.ceiling, wanted)', 'wanted'],
  ['an advocate’s permission has no cap', '!advocacy.has(from) ||', 'advocacy.has(from) ||'],
  ['a permission of no known kind lasts for ever', 'rows.length > 0 ? Infinity : 7', 'Infinity'],
  ['the cap of the state’s law counts for nothing', 'Infinity : 7, cap.ceiling)', 'Infinity : 7)'],
  [
    'more comes back than the person allowed',
    'comesBackIds.indexOf(what) <= comesBackIds.indexOf(agreed)',
    'comesBackIds.indexOf(what) >= comesBackIds.indexOf(agreed)',
  ],
  [
    'a decision comes back in the US although nobody was asked',
    `pack === 'uk' ? 'decision-and-place' : 'nothing'`,
    `'decision-and-place'`,
  ],
  [
    'the longest of several kinds counts',
    'Math.min(...rows.map((row) => row.ceiling)',
    'Math.max(...rows.map((row) => row.ceiling)',
  ],
])

const forms: readonly RuleFault[] = faultsIn(of('release.rules'), of('release.rules.test'), [
  [
    'whoever causes harm signs',
    'const unsafe = given.signatures.some((each) => flagged.has(each.personRef))',
    'const unsafe = false',
  ],
  ['somebody signs for another without anything that lets them', '&& !each.authority', '&& false'],
  ['a minor signs alone', `return [['minor'], ['guardian']]`, `return [['minor']]`],
  ['a child too young to agree signs', `if (tooYoung) return [['guardian']]`, ''],
  [
    'a minor signs alone where the law does not let them',
    'if (agreesAlone && someMinorAlone(',
    'if (agreesAlone || someMinorAlone(',
  ],
  ['the whole file stands on the list as one item', 'everything.test(item.title)', 'false'],
  [
    'an agency under no book is let off the strictest one',
    `if (!regimes.has('hipaa') && !regimes.has('ferpa')) regimes.add('vawa')`,
    '',
  ],
  [
    'a victim service is let off its own law',
    `if (['DVA', 'COA', 'SVA', 'TRB'].includes(from)) regimes.add('vawa')`,
    '',
  ],
  ['a permission is longer than the rules leave', 'days > ceiling ?', 'days > ceiling * 2 ?'],
  ['what goes once goes again and again', `oneTime && given.times === 'repeat'`, 'false'],
  ['a relative interprets', ' && !given.interpreter.familyOrFriend', ''],
  [
    'an agency names itself as the one recipient',
    ' && given.recipient.partyId !== given.discloser.partyId',
    '',
  ],
  [
    'something is on the list and on the list of what is left out',
    'given.excluded.includes(item.kind)',
    'false',
  ],
  ['a diagnosis goes without a reason', 'itemKindOf(item.kind).needsReason && !item.reason', 'false'],
  [
    'nobody looked whether the signer is safe',
    `given.signerSafe !== null && given.signerSafe.attestedBy !== ''`,
    'true',
  ],
  ['nobody was told that it can be taken back', 'given.shown.mayWithdraw', 'true'],
  [
    'a release that nobody signed counts',
    'given.signatures.length > 0 && given.signatures.every',
    'given.signatures.every',
  ],
])

const items: readonly RuleFault[] = faultsIn(of('release-items.rules'), of('release.rules.test'), [
  [
    'what expired or waits is judged as in force',
    `context.danger) === 'active'`,
    `context.danger) !== 'withdrawn'`,
  ],
  [
    'what was taken back is judged as in force',
    'context.marks === null || releaseState(',
    'context.marks === null || !releaseState(',
  ],
  [
    'an agency that the person named receives all the same',
    `...when(context.excludedParties.has(given.recipient.partyId), 'recipient-excluded'),`,
    '',
  ],
  ['what nobody put on the list goes', `...when(listed, 'listed')`, `...when(true, 'listed')`],
  [
    'a tick settles what only the form or a court can',
    'return !derivedFacts.has(need)',
    'return need !== null',
  ],
  ['a forged tick counts as a judge’s order', '.filter(isConfirmable)', ''],
  ['a permission is longer than the row of the table leaves', 'days <= verdict.maxDays', 'days >= 0'],
  [
    'a refused item is no problem',
    `if (verdict.outcome !== 'allow') return [{`,
    `if (verdict.outcome === 'allow') return [{`,
  ],
])

const hello: readonly RuleFault[] = faultsIn(of('release-items.rules'), of('release-items.rules.test'), [
  [
    'what tells most is ticked from the start',
    `onRequest: starting('on-request')`,
    `onRequest: starting('chosen')`,
  ],
  ['what tells most is not left out by itself', `kind.start === 'on-request'`, `kind.start === 'chosen'`],
])

const ownForms: readonly RuleFault[] = [
  ...faultsIn(of('release.rules'), of('release-forms.rules.test'), [
    ['a signature from tomorrow counts', 'now.getTime() + 60_000', 'now.getTime() + 86_400_000_000'],
    ['psychotherapy notes go by a general release', 'needsForm.some((form) => form !== given.form) ||', ''],
    [
      'psychotherapy notes stand on one form with other things',
      ' || (needsForm.length > 0 && needsForm.length < keys.length)',
      '',
    ],
    [
      'substance use records travel without the Part 2 notice',
      `noticeData.text !== '' ? ['part2-notice', 'consent-copy'] : []`,
      `noticeData.text === '' ? ['part2-notice', 'consent-copy'] : []`,
    ],
    ['the Part 2 notice is not asked for', `given.attachments.includes('part2-notice') &&`, ''],
    [
      'substance use records held elsewhere are not under Part 2',
      ` || records.some((record) => record === 'R8' || record === 'R9')`,
      '',
    ],
    [
      'a permission that is over is signed',
      'Date.parse(given.endsAt) <= now.getTime()',
      'Date.parse(given.endsAt) < now.getTime() - 86_400_000',
    ],
    [
      'something about a child goes by an adult’s rules',
      `given.items.some((item) => itemKindOf(item.kind).facts.includes('about-child'))`,
      'false',
    ],
  ]),
  ...faultsIn(of('release-items.rules'), of('release-forms.rules.test'), [
    ['a signature of whoever causes harm clears the signer', ': !unsafe && signatures', ': signatures'],
    [
      'psychotherapy notes have the separate form that they do not have',
      `(kind.form === given.form || given.form === 'proceedings') && sameForm`,
      'sameForm',
    ],
    ['what is about a child is judged as about an adult', `...when(isAboutChild(given), 'about-child'),`, ''],
  ]),
]

const grounds: readonly RuleFault[] = faultsIn(of('release.rules'), of('release-items.rules.test'), [
  [
    'psychotherapy notes are asked about as a general release',
    `if (given.form === 'therapy-notes') return 'AUTH-PN'`,
    '',
  ],
  [
    'a substance use programme shares by a plain release',
    `if (from === 'SUD') return given.form === 'care' ? 'C2-TPO' : given.form === 'proceedings' ? 'C2-LEG' : 'C2'`,
    '',
  ],
])

const named: readonly RuleFault[] = faultsIn(of('named.rules'), of('named.rules.test'), [
  ['whoever causes harm may be asked for', '...file.personsCausingHarm.map((card) => card.id),', ''],
  ['whoever must never be a contact may be asked for', '...(file.contact?.notSafe ?? []),', ''],
  [
    'another name of the same person is not known',
    'namesOn(card).some((name) => {',
    '[card.name].some((name) => {',
  ],
  [
    'an agency that the person named is not kept out',
    'name.length >= 4 && said.includes(',
    'name.length < 4 && said.includes(',
  ],
  ['a mark on a letter hides a name', `.replaceAll(/\\p{M}/gu, '')`, ''],
  ['a middle name hides a name', 'named.every((word) => given.includes(word))', 'same(named, given)'],
])

/** Mistakes planted in what a permission is: its time, its form, its items, its names. */
export const releaseFaults: readonly RuleFault[] = [
  ...times,
  ...forms,
  ...items,
  ...hello,
  ...ownForms,
  ...grounds,
  ...named,
]
