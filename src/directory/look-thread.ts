import { Worker } from 'node:worker_threads'
import type { LookAnswer, LookAsked } from './look.ts'

/** What one look may take: time from asking to answer, looks at once, and the memory of the thread beside its diagrams. */
export const lookLimits = { milliseconds: 5000, atOnce: 3, megabytes: 512, characters: 8_000_000 } as const

const idleMilliseconds = 60_000
/** Why by name: compiled, this file lies beside the compiled worker; in development beside its source. */
const source = import.meta.url.endsWith('.ts')

let worker: Worker | null = null
let idle: NodeJS.Timeout | undefined
let waiting = 0
let turn: Promise<unknown> = Promise.resolve()

/**
 * Looks in a thread beside this one, one after the other. Nothing of it is kept but the area last solved, by its whole
 * text; what cannot be answered within the limits says so, and the thread is begun anew.
 */
export async function lookBeside(
  asked: LookAsked,
  milliseconds: number = lookLimits.milliseconds,
): Promise<LookAnswer> {
  if (asked.source.services.length + asked.source.agencies.length > lookLimits.characters)
    return { cannot: 'too-large' }
  if (waiting >= lookLimits.atOnce) return { cannot: 'busy' }
  const until = performance.now() + milliseconds
  waiting += 1
  const answer = turn.then(() => answerBy(asked, until - performance.now()))
  turn = answer.catch(() => null)
  try {
    return await answer
  } finally {
    waiting -= 1
  }
}

async function answerBy(asked: LookAsked, milliseconds: number): Promise<LookAnswer> {
  if (milliseconds <= 0) return { cannot: 'busy' }
  clearTimeout(idle)
  const thread = (worker ??= begin())
  try {
    const answer = await answerOf(thread, asked, milliseconds)
    if ('cannot' in answer && answer.cannot === 'too-large') end(thread)
    return answer
  } catch (error) {
    end(thread)
    if (isOutOfMemory(error)) return { cannot: 'too-large' }
    throw error
  } finally {
    idle = setTimeout(() => worker && end(worker), idleMilliseconds)
    idle.unref()
  }
}

function answerOf(thread: Worker, asked: LookAsked, milliseconds: number): Promise<LookAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<LookAnswer>()
  const late = setTimeout(() => resolve({ cannot: 'too-large' }), milliseconds)
  thread.once('message', resolve)
  thread.once('error', reject)
  thread.postMessage(asked)
  return promise.finally(() => {
    clearTimeout(late)
    thread.off('message', resolve)
    thread.off('error', reject)
  })
}

function begin(): Worker {
  const thread = new Worker(new URL(source ? './look-worker.ts' : './look-worker.js', import.meta.url), {
    ...(source ? { execArgv: ['--conditions=source'] } : {}),
    resourceLimits: { maxOldGenerationSizeMb: lookLimits.megabytes },
  })
  thread.unref()
  return thread
}

function end(thread: Worker): void {
  if (worker === thread) worker = null
  void thread.terminate()
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
}
