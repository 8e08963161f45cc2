import type { AddressInfo } from 'node:net'

import { serve } from '@hono/node-server'

/** A server that listens. */
export interface Listening {
  /** `http://127.0.0.1:3000`, with the port it was really given. */
  readonly address: string
  readonly port: number
  /** Stops accepting, lets running requests finish for up to `graceMs`, then closes what is left. */
  close(graceMs?: number): Promise<void>
}

/** Listens; rejects with the system's error (EADDRINUSE, EACCES) when it cannot. */
export async function serveApp(
  app: { readonly fetch: (request: Request) => Response | Promise<Response> },
  config: { readonly host: string; readonly port: number },
): Promise<Listening> {
  const started = Promise.withResolvers<AddressInfo>()
  const server = serve(
    { fetch: app.fetch, hostname: config.host, port: config.port, serverOptions: { requestTimeout: 30_000 } },
    started.resolve,
  )
  server.once('error', started.reject)
  const { address, family, port } = await started.promise
  const host = family === 'IPv6' ? `[${address}]` : address
  return {
    address: `http://${host}:${port}`,
    port,
    async close(graceMs = 10_000) {
      const closed = Promise.withResolvers<void>()
      server.close(() => closed.resolve())
      if ('closeIdleConnections' in server) server.closeIdleConnections()
      const impatient = setTimeout(() => {
        if ('closeAllConnections' in server) server.closeAllConnections()
      }, graceMs)
      await closed.promise
      clearTimeout(impatient)
    },
  }
}
