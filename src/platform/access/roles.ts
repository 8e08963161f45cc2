/** What a signed-in person may do, as routes ask for it. */
export const permissions = [
  'home',
  'case:read',
  'case:write',
  'case:lead',
  'case:keep',
  'case:glass',
  'release:write',
  'referral:read',
  'referral:write',
  'directory:edit',
  'agency:admin',
  'privacy:lead',
  'ledger:read',
  'totals:read',
  'partnership:read',
  'forum:read',
  'operate',
] as const
export type Permission = (typeof permissions)[number]

const casework: readonly Permission[] = [
  'home',
  'case:read',
  'case:write',
  'release:write',
  'referral:read',
  'referral:write',
]

/** Every role and all that it may do. Nothing is inherited, so that a row can be read alone. */
export const rolePermissions = {
  worker: casework,
  lead: [...casework, 'case:lead', 'case:keep', 'ledger:read', 'totals:read'],
  'privacy-lead': [
    'home',
    'case:read',
    'case:write',
    'case:keep',
    'referral:read',
    'privacy:lead',
    'ledger:read',
  ],
  'directory-editor': ['home', 'directory:edit', 'case:glass'],
  'agency-administrator': ['home', 'agency:admin', 'case:glass'],
  'partnership-lead': ['home', 'partnership:read', 'totals:read'],
  commissioner: ['home', 'totals:read'],
  coordinator: ['home', 'forum:read'],
  researcher: ['home', 'totals:read'],
  operator: ['home', 'operate'],
} as const satisfies Readonly<Record<string, readonly Permission[]>>

export type Role = keyof typeof rolePermissions
export const roles = Object.keys(rolePermissions) as readonly Role[]

/** Whether a stored word names a role there still is. */
export function isRole(word: string): word is Role {
  return Object.hasOwn(rolePermissions, word)
}

/** True when any of the roles carries the permission. */
export function mayDo(held: readonly Role[], permission: Permission): boolean {
  return held.some((role) => (rolePermissions[role] as readonly Permission[]).includes(permission))
}
