import type { MemberEnv } from '#platform/http'
import type { Content } from '#platform/ui'

import type { Thread } from './thread.ts'

type Vars = Pick<MemberEnv['Variables'], 't' | 'db' | 'actor'>

/** What another room says of a thread, on its page under the next step; null: nothing. */
export type ThreadAside = (vars: Vars, thread: Thread) => Promise<Content | null>

let brought: readonly ThreadAside[] = []

/** Says once, where the rooms are put together, which rooms have something to say of a thread. */
export function bringAsides(asides: readonly ThreadAside[]): void {
  brought = asides
}

/** What they say of this one, in order. */
export async function asidesOf(vars: Vars, thread: Thread): Promise<readonly Content[]> {
  const said: Content[] = []
  for (const aside of brought) {
    const content = await aside(vars, thread)
    if (content !== null) said.push(content)
  }
  return said
}
