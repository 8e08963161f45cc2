/** Who waits: staff signing in, or people who follow a link or give a receipt's code. */
export type Queue = 'staff' | 'links'

/** What a caller gets when too many already wait: try again in a minute. */
export interface Busy {
  readonly refused: 'busy'
}

/**
 * A place where one piece of work runs at a time. Each queue holds at most `limit` waiting;
 * while both wait they take turns, so that a flood of links never keeps staff out.
 */
export function oneAtATime(limit: number): <T>(queue: Queue, work: () => Promise<T>) => Promise<T | Busy> {
  const waiting: Record<Queue, (() => void)[]> = { staff: [], links: [] }
  let running = false
  let last: Queue = 'links'

  function next(): void {
    const first: Queue = last === 'staff' ? 'links' : 'staff'
    const queue = waiting[first].length > 0 ? first : last
    const start = waiting[queue].shift()
    running = start !== undefined
    if (start === undefined) return
    last = queue
    start()
  }

  return async (queue, work) => {
    if (running) {
      if (waiting[queue].length >= limit) return { refused: 'busy' }
      await new Promise<void>((start) => waiting[queue].push(start))
    } else {
      running = true
      last = queue
    }
    try {
      return await work()
    } finally {
      next()
    }
  }
}
