/** Tables whose rows everybody who acts may read, with the reason. */
export const openTables: Readonly<Record<string, string>> = {
  'access.party': 'ids and kinds of parties; sealing to a partner needs them',
  'keyring.party_key': 'public keys; sealing to a partner needs them',
  'parties.agency': 'the public register of agencies',
  'ledger.head': 'sizes and roots; every party countersigns them',
}

/** The columns the jobs login may read: clear ones, and the one sealed address that a due mail needs. */
export const jobColumns: Readonly<Record<string, readonly string[]>> = {
  'jobs.mail': ['id', 'address', 'template', 'due_at', 'state', 'tries'],
  'directory.service': ['id', 'assured_on', 'updated_at'],
}
