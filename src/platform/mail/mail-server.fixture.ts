import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'

/** A mail server on this machine that keeps what it is told; `refuse` answers the recipient with 550. */
export async function mailServer(options: { refuse?: boolean } = {}) {
  const received: string[] = []
  const server = createServer((socket) => {
    let inData = false
    socket.setEncoding('utf8')
    socket.write('220 ready\r\n')
    socket.on('data', (chunk: string) => {
      received.push(chunk)
      for (const line of chunk.split('\r\n').slice(0, -1)) {
        if (inData && line !== '.') continue
        const command = line.slice(0, 4).toUpperCase()
        inData = command === 'DATA'
        socket.write(answerTo(command, options.refuse ?? false))
        if (command === 'QUIT') socket.end()
      }
    })
    socket.on('error', () => socket.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return { url: `smtp://127.0.0.1:${port}`, heard: () => received.join(''), close: () => server.close() }
}

function answerTo(command: string, refuse: boolean): string {
  if (command === 'DATA') return '354 go on\r\n'
  if (command === 'RCPT' && refuse) return '550 no such person as robin@example.org\r\n'
  return '250 fine\r\n'
}
