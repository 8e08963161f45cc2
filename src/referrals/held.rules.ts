import { z } from 'zod'

import type { HeldNames } from '#envelopes'

import type { Request } from './letter.ts'

const Named = z.object({ name: z.string().catch(''), sayAloud: z.array(z.string()).catch([]) })

/** What is tried at the recipient before anybody there is shown a request: only names that stand in it as it is sent. */
export function heldOf(request: Pick<Request, 'items'>, notFor: readonly string[]): HeldNames {
  const about = request.items.flatMap(({ data }) => {
    const read = Named.safeParse(data)
    return read.success ? [read.data.name, ...read.data.sayAloud] : []
  })
  return { notFor: [...notFor], about: [...new Set(about.filter((name) => name.trim() !== ''))] }
}
