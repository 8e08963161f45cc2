import { faultsIn, type RuleFault } from './fault.ts'

const of = (name: string) => `src/releases/${name}.ts`

const known: readonly RuleFault[] = faultsIn(of('release-kinds.rules'), of('release.rules.test'), [
  [
    'a release goes on after a death where no law knows it',
    `kind !== 'after-death' || packField(law, 'after-death-release').value`,
    `kind !== 'after-death' || law !== undefined`,
  ],
])

const kinds: readonly RuleFault[] = faultsIn(of('release-kinds.rules'), of('release-kinds.rules.test'), [
  ['a consent for care goes to whoever neither treats nor pays', 'part2 && treating.has(to)', 'part2'],
  [
    'a consent for care is there outside a substance use programme',
    'part2 && treating.has(to)',
    'treating.has(to)',
  ],
  ['a consent for proceedings goes to anybody', 'return part2 && court', 'return part2'],
  ['a consent for proceedings is there for every record', 'return part2 && court', 'return court'],
  ['the forms of one country are there in the other', `pack === 'us' && from === 'SUD'`, `from === 'SUD'`],
  [
    'a form that is not on offer is taken',
    'if (kindsFor({ pack: given.pack, from, to, law }).includes(kind)) return []',
    'if (releaseKindIds.includes(kind)) return []',
  ],
  [
    'anything goes in an emergency',
    'given.items.every((item) => inEmergency',
    'given.items.some((item) => inEmergency',
  ],
  [
    'what was ticked before goes in an emergency',
    'release.items.filter((item) => inEmergency(item.kind))',
    'release.items',
  ],
  [
    'somebody’s own words go in an emergency',
    `'access-needs', 'people-not-safe']`,
    `'access-needs', 'people-not-safe', 'own-words']`,
  ],
  ['a signature goes along to another form', ', signatures: [] }', ' }'],
  ['a consent for care is judged as a general one', `if (form === 'care' || form`, 'if (form'],
  [
    'the consequence of a no is not said',
    `kind === 'care' ? 'releases.turn.care-refused'`,
    `kind !== 'care' ? 'releases.turn.care-refused'`,
  ],
  ['what a form of its own says is not read out', `kind === 'general' ? []`, `kind !== 'after-death' ? []`],
  ['it is not said that it can be taken back', `    'releases.turn.withdraw',\n`, ''],
  ['it is not said what stays', `    'releases.turn.what-stays',\n`, ''],
  [
    'it is not said that signing waives nothing',
    `packField(law, 'not-a-waiver-line').value`,
    `!packField(law, 'not-a-waiver-line').value`,
  ],
  [
    'it is not said that a copy can be had later',
    `packField(law, 'copy-on-request').value`,
    `!packField(law, 'copy-on-request').value`,
  ],
])

const young: readonly RuleFault[] = faultsIn(of('young.rules'), of('young.rules.test'), [
  [
    'an agency’s own reading makes the age of the law earlier',
    `own.from >= Number(read.value) ? 'stricter' : 'law-later'`,
    `own.from <= Number(read.value) ? 'stricter' : 'law-later'`,
  ],
  [
    'an agency’s own reading always stands',
    `['fills', 'stricter'].includes(`,
    `['fills', 'stricter', 'law-later', 'both-sign'].includes(`,
  ],
  [
    'a young person signs alone where a parent has to sign too',
    `if (id === 'minor-advocacy-age' && packField(law, 'minor-release-with-parent').value) return 'both-sign'`,
    '',
  ],
  ['the age of the law counts as open', `if (!read.isSet) return 'fills'`, `return 'fills'`],
  [
    'a school reads for itself when a young person agrees alone',
    `return from === 'DVA' || from === 'COA' ? 'minor-advocacy-age' : null`,
    `return 'minor-advocacy-age'`,
  ],
  [
    'a therapist goes by the age for an advocate',
    `if (from === 'MHC') return 'minor-mental-health-age'`,
    `if (from === 'MHC') return 'minor-advocacy-age'`,
  ],
  ['an agency reads another age than it wrote', 'value: own.from,', 'value: 0,'],
  [
    'what an agency read is stamped on nothing',
    'version: `${law.version}+young-${own.from}`,',
    'version: law.version,',
  ],
  ['an agency’s own reading counts where no law is chosen', `if (law === null) return 'no-pack'`, ''],
])

const privilege: readonly RuleFault[] = faultsIn(of('privilege.rules'), of('privilege.rules.test'), [
  ['what nobody read is counted on', '!read.isSet || !protects', '!protects && read.isSet'],
  ['what the law does not protect is counted on', '!read.isSet || !protects', '!read.isSet'],
  ['what a therapist hears counts as an advocate’s', '!advocates.has(from) || ', ''],
  ['whoever works for the police keeps the privilege', ' || notSupervisedBy.includes(from)', ''],
  [
    'a privilege that hangs on hours of training is called certain',
    'trainingHours > 0 || certified',
    'certified',
  ],
  ['a privilege that hangs on a certificate is called certain', ' || certified || ', ' || '],
  ['a privilege that hangs on a supervisor is called certain', ' || ownSupervisor || ', ' || '],
  ['a privilege that hangs on the employer is called certain', ' || notSupervisedBy.length > 0', ''],
  [
    'the row that says so is another',
    `packField(law, 'advocate-privilege')`,
    `packField(law && { ...law, id: 'us' }, 'advocate-privilege')`,
  ],
])

/** Mistakes planted in what kind a permission is, in who agrees alone and in what a court is told. */
export const kindFaults: readonly RuleFault[] = [...known, ...kinds, ...young, ...privilege]
