import type { Config } from '#platform/config'

import { serve } from './serve.ts'

/** What `npm start` does. */
export async function start(config: Config): Promise<number> {
  return serve(config)
}
