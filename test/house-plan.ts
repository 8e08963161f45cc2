/** The rooms in the order of the arrows: a room may use the rooms before it (STACK: the house). */
export const rooms = [
  'engine',
  'platform',
  'language',
  'parties',
  'directory',
  'people',
  'intake',
  'plans',
  'family',
  'accountability',
  'papers',
  'calendar',
  'diary',
  'releases',
  'envelopes',
  'exchange',
  'caseload',
  'referrals',
  'light',
  'together',
  'helping',
  'clients',
  'fhir',
  'events',
  'grounds',
  'asks',
  'forums',
  'partnerships',
  'atlas',
  'survivors',
  'reports',
  'demo',
] as const

/** The platform's folders in the order of the arrows: each may use those before it. */
export const platformOrder = [
  'config',
  'clock',
  'reach',
  'crypto',
  'db',
  'ledger',
  'access',
  'auth',
  'jobs',
  'backup',
  'calendar',
  'mail',
  'i18n',
  'http',
  'ui',
] as const

/** Doors behind which nothing needs a server: the browser runs the very rules that the server runs. */
export const islandDoors: readonly string[] = ['#language/hints']

/** Arrows that the order would allow and the house does not. */
export const closedArrows: readonly { readonly from: RegExp; readonly to: RegExp; readonly why: string }[] = [
  {
    from: /^survivors$/,
    to: /^forums$/,
    why: 'what agencies say in a meeting must not reach a page that another person may be reading',
  },
  { from: /./, to: /^(reports|atlas)$/, why: 'nobody imports reports or atlas' },
  { from: /./, to: /^demo$/, why: 'the demo world uses the rooms, never the other way round' },
]

/**
 * Tables that a room writes outside the schema of its name. Wraps lie together in `keyring` so that they can be
 * backed up alone; the room that makes them owns them. Sessions and recoveries lie in `access`, as the openers read
 * them; who is a member, and who has left, is the parties' business.
 */
export const tableOwners: Readonly<Record<string, string>> = {
  'keyring.envelope_wrap': 'envelopes',
  'keyring.party_key': 'parties',
  'keyring.party_wrap': 'parties',
  'keyring.party_sheet': 'parties',
  'keyring.office_hand': 'parties',
  'access.recovery': 'parties',
  'access.session': 'parties',
}

/** What a file of a room may be called, after its noun. */
export const roomRoles = [
  /^index\.ts$/,
  /^routes\.ts$/,
  /^paths\.ts$/,
  /^README\.md$/,
  /^words\.(uk|us|es|ar)\.json$/,
  /^[a-z0-9-]+(\.[a-z0-9-]+)?\.json$/,
  /^[a-z0-9-]+\.ts$/,
  /^[a-z0-9-]+\.(rules|store|actions|api|figures|command)\.ts$/,
  /^[a-z0-9-]+\.view\.tsx?$/,
  /^[a-z0-9-]+\.page\.tsx$/,
  /^[a-z0-9-]+(\.(rules|store|actions|view|page|api|figures|command))?\.test\.tsx?$/,
]

export const limits = {
  fileLines: 400,
  mostFilesLines: 250,
  medianLines: 80,
  functionLines: 70,
  readmeLines: 20,
  decisionLines: 40,
}

/**
 * Files that may break one rule, each with its reason. The list may only shrink: an entry that is no longer
 * needed fails the test.
 */
export const exceptions: readonly { readonly path: string; readonly rule: string; readonly why: string }[] = [
  {
    path: 'src/platform/http/leave.ts',
    rule: 'third-party-url',
    why: 'where Exit this page leads: a page that is left to on purpose, never one that is loaded from',
  },
]
