/** Addresses of signing in, the account, and the agency's own pages. */
export const paths = {
  signIn: '/sign-in',
  code: '/sign-in/code',
  signOut: '/sign-out',
  home: '/home',
  words: '/words',
  account: '/account',
  password: '/account/password',
  sessions: '/account/sessions',
  mailHour: '/account/mail',
  recover: '/recover',
  begin: '/begin/:token',
  join: '/join/:token',
  agency: '/agency',
  invite: '/agency/invite',
  invitation: '/agency/invitations/:id',
  member: '/agency/members/:id',
  recovery: '/agency/recoveries/:id',
  sheet: '/agency/sheet',
  partners: '/agency/partners',
  partner: '/agency/partners/:id',
  ledger: '/agency/ledger',
  installation: '/installation',
} as const

/** An address with its parameter put in. */
export function pathTo(path: string, id: string): string {
  return path.replace(/:\w+/, encodeURIComponent(id))
}
