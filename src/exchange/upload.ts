import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { Busboy } from '@fastify/busboy'

/** A file as it came in, piece by piece; none of it is held here. */
export interface Uploaded {
  readonly name: string
  readonly size: number
  readonly sha256: Uint8Array
}

/** Why there is no file; each has its sentence under `exchange.upload`. */
export interface UploadRefused {
  readonly refused: 'no-file' | 'too-big' | 'broken'
}

/** Reads the one file of a form as it arrives, and hands it on in pieces of `pieceBytes`. Nothing is written to disk. */
export async function readUpload(
  request: { readonly body: unknown; readonly contentType: string | undefined },
  limits: { readonly most: number; readonly pieceBytes: number },
  keep: (piece: Uint8Array, nth: number) => Promise<void>,
): Promise<Uploaded | UploadRefused> {
  if (!(request.body instanceof globalThis.ReadableStream) || request.contentType === undefined)
    return { refused: 'broken' }
  const { promise, resolve } = Promise.withResolvers<Uploaded | UploadRefused>()
  try {
    const form = new Busboy({
      headers: { 'content-type': request.contentType },
      limits: { files: 1, fileSize: limits.most, fields: 20, fieldSize: 10_000 },
    })
    let taking: Promise<Uploaded | UploadRefused> = Promise.resolve({ refused: 'no-file' })
    form.on('file', (_field, stream, name) => {
      taking = take(stream, name, limits.pieceBytes, keep).catch(() => ({ refused: 'broken' }))
    })
    form.once('finish', () => void taking.then(resolve))
    form.once('error', () => resolve({ refused: 'broken' }))
    const source = Readable.fromWeb(request.body as ReadableStream)
    source.once('error', () => resolve({ refused: 'broken' }))
    source.pipe(form)
    return await promise
  } catch {
    return { refused: 'broken' }
  }
}

async function take(
  stream: Readable & { readonly truncated?: boolean },
  name: string | undefined,
  pieceBytes: number,
  keep: (piece: Uint8Array, nth: number) => Promise<void>,
): Promise<Uploaded | UploadRefused> {
  const hash = createHash('sha256')
  let size = 0
  let nth = 0
  let waiting: Buffer[] = []
  let held = 0
  const flush = async () => {
    const piece = Buffer.concat(waiting)
    waiting = []
    held = 0
    await keep(piece, nth)
    nth += 1
  }
  for await (const chunk of stream) {
    const bytes = chunk as Buffer
    hash.update(bytes)
    size += bytes.length
    waiting.push(bytes)
    held += bytes.length
    if (held >= pieceBytes) await flush()
  }
  if (stream.truncated === true) return { refused: 'too-big' }
  if (size === 0) return { refused: 'no-file' }
  if (held > 0) await flush()
  return { name: (name ?? '').slice(0, 200), size, sha256: new Uint8Array(hash.digest()) }
}
