/** Addresses of signing in, the account, and the agency's own pages. */
export const paths = {
  signIn: '/sign-in',
  code: '/sign-in/code',
  signOut: '/sign-out',
  home: '/home',
  account: '/account',
} as const
