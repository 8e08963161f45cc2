import type { Config } from '#platform/config'

import { serve } from './serve.ts'

/** What `npm start` does: serves, with the invented world where nobody is yet and only this machine can look. */
export async function start(config: Config): Promise<number> {
  return serve(config, { demo: config.demo !== false && config.loopback })
}
