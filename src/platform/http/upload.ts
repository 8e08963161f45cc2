import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { Busboy } from '@fastify/busboy'

/** A file as it came in, piece by piece; none of it is held here. */
export interface Uploaded {
  readonly name: string
  /** What else the form said. */
  readonly fields: Readonly<Record<string, string>>
  readonly size: number
  readonly sha256: Uint8Array
}

/** Why there is no file; whoever asked has a sentence for each. */
export interface UploadRefused {
  readonly refused: 'no-file' | 'too-big' | 'broken'
  readonly fields?: Readonly<Record<string, string>>
}

/** Reads the one file of a form as it arrives, and hands it on in pieces of `pieceBytes`. Nothing is written to disk. */
export async function readUpload(
  request: { readonly body: unknown; readonly contentType: string | undefined },
  limits: { readonly most: number; readonly pieceBytes: number },
  keep: (piece: Uint8Array, nth: number, name: string) => Promise<void>,
): Promise<Uploaded | UploadRefused> {
  if (!(request.body instanceof globalThis.ReadableStream) || request.contentType === undefined)
    return { refused: 'broken' }
  const { promise, resolve } = Promise.withResolvers<Uploaded | UploadRefused>()
  try {
    const form = new Busboy({
      headers: { 'content-type': request.contentType },
      limits: { files: 1, fileSize: limits.most, fields: 20, fieldSize: 10_000 },
    })
    let taking: Promise<Taken | UploadRefused> = Promise.resolve({ refused: 'no-file' })
    let file: Readable | null = null
    // What is still being kept must come to its end first: a piece kept after the answer would be kept in another act.
    const broken = () => {
      file?.destroy()
      void taking.then(() => resolve({ refused: 'broken' }))
    }
    form.on('file', (_field, stream, name) => {
      file = stream
      taking = take(stream, name, limits.pieceBytes, keep).catch(() => ({ refused: 'broken' }))
    })
    const fields: Record<string, string> = {}
    form.on('field', (field, value) => {
      fields[field] = String(value)
    })
    form.once('finish', () => void taking.then((taken) => resolve({ ...taken, fields })))
    form.once('error', broken)
    const source = Readable.fromWeb(request.body as ReadableStream)
    source.once('error', broken)
    source.pipe(form)
    return await promise
  } catch {
    return { refused: 'broken' }
  }
}

type Taken = Omit<Uploaded, 'fields'>

async function take(
  stream: Readable & { readonly truncated?: boolean },
  given: string | undefined,
  pieceBytes: number,
  keep: (piece: Uint8Array, nth: number, name: string) => Promise<void>,
): Promise<Taken | UploadRefused> {
  const name = (given ?? '').slice(0, 200)
  const hash = createHash('sha256')
  let size = 0
  let nth = 0
  let waiting: Buffer[] = []
  let held = 0
  const flush = async () => {
    const piece = Buffer.concat(waiting)
    waiting = []
    held = 0
    await keep(piece, nth, name)
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
  return { name, size, sha256: new Uint8Array(hash.digest()) }
}
