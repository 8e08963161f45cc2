import type { IncomingMessage } from 'node:http'

import { ClosedAddress, type Reach, requestOnce } from '#platform/reach'

import { eventMediaType } from './cloud-event.rules.ts'
import type { Trouble } from './event.ts'
import { signedHeaders } from './signature.ts'

/** What came of one try. */
export type Outcome =
  | { readonly taken: true; readonly status: number }
  | {
      readonly taken: false
      readonly status: number | null
      readonly trouble: Trouble
      /** Seconds that the receiver asks to be left alone. */
      readonly asked: number
      /** It says that nobody is there any more. */
      readonly gone: boolean
    }

/** Says what sends, and nothing of who or what for. */
const userAgent = 'Anydoor/0 (sends events)'
const longestMs = 10_000

/** Sends one event once: no redirect is followed, and of the answer nothing but its status is read. Never throws for what the other side does. */
export async function postEvent(
  url: URL,
  reach: Reach,
  event: { readonly id: string; readonly body: string; readonly secrets: readonly string[] },
  waitMs = longestMs,
): Promise<Outcome> {
  const signal = AbortSignal.timeout(waitMs)
  try {
    const response = await requestOnce(url, reach, {
      method: 'POST',
      signal,
      body: event.body,
      headers: {
        'content-type': eventMediaType,
        'content-length': String(Buffer.byteLength(event.body)),
        'user-agent': userAgent,
        ...signedHeaders(event.id, new Date(), event.body, event.secrets),
      },
    })
    response.destroy()
    return outcomeOf(response)
  } catch (error) {
    const trouble = signal.aborted
      ? 'too-slow'
      : error instanceof ClosedAddress
        ? 'refused-address'
        : 'unreachable'
    return { taken: false, status: null, trouble, asked: 0, gone: false }
  }
}

function outcomeOf({ statusCode: status = 0, headers }: IncomingMessage): Outcome {
  if (status >= 200 && status < 300) return { taken: true, status }
  const asked = Number(headers['retry-after'])
  const waits = (status === 429 || status === 503) && Number.isInteger(asked) && asked > 0
  return {
    taken: false,
    status,
    trouble: status >= 300 && status < 400 ? 'moved' : 'answered-no',
    asked: waits ? asked : 0,
    gone: status === 410,
  }
}
