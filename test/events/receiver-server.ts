import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What somebody's record system was sent. */
interface Sent {
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** A record system that takes events in, as it is told to behave. */
export interface ReceiverServer {
  readonly address: string
  readonly sent: Sent[]
  /** How it answers from now on: a status, with headers; or it hangs up after it has read everything. */
  answer: (how: {
    readonly status?: number
    readonly headers?: Readonly<Record<string, string>>
    readonly hangsUp?: boolean
  }) => void
  readonly close: () => Promise<void>
}

/** A real server on this machine: only a test may send to it. */
export async function receiverServer(): Promise<ReceiverServer> {
  const sent: Sent[] = []
  let how: Parameters<ReceiverServer['answer']>[0] = {}
  const server = createServer((request, response) => {
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', () => {
      sent.push({ headers: request.headers, body: Buffer.concat(pieces).toString('utf8') })
      if (how.hangsUp === true) request.socket.destroy()
      else response.writeHead(how.status ?? 204, how.headers).end()
    })
  })
  const { promise, resolve } = Promise.withResolvers<void>()
  server.listen(0, '127.0.0.1', resolve)
  await promise
  const { port } = server.address() as AddressInfo
  return {
    address: `http://127.0.0.1:${port}/events`,
    sent,
    answer: (next) => {
      how = next
    },
    close: async () => {
      const closed = Promise.withResolvers<void>()
      server.close(() => closed.resolve())
      server.closeAllConnections()
      await closed.promise
    },
  }
}
