/** Addresses of the pages that anybody may read. They tell nothing to whoever reads a history or a screen. */
export const openPaths = {
  start: '/',
  help: '/p/help',
  looking: '/p/looking',
  privacy: '/p/privacy',
  complaints: '/p/complaints',
  cookies: '/p/cookies',
  everybody: '/p/everybody',
} as const
