import { Readable } from 'node:stream'
import { type Entry, fromBufferPromise, openPromise, type ZipFile } from 'yauzl'

/** Bounds of a zip that somebody gives us: nothing in it is ever written to the disk under its own name. */
const zipLimits = {
  entries: 200,
  entryBytes: 1_073_741_824,
  allBytes: 2_147_483_648,
  /** Text shrinks to a tenth or so; what shrinks to less than this is made to harm. */
  ratio: 300,
} as const

/** The files in a zip by their names, or the sentence that says why it is not opened. */
export type OpenedZip =
  | {
      readonly ok: true
      readonly names: readonly string[]
      readonly stream: (name: string) => Promise<Readable>
      readonly close: () => void
    }
  | { readonly ok: false; readonly refused: string }

/** Opens a zip on the disk or in memory; `allBytes` is the most that it may unpack to. Its list of entries is looked at before anything is unpacked. */
export async function openZip(
  file: string | Buffer,
  allBytes: number = zipLimits.allBytes,
): Promise<OpenedZip> {
  const options = { autoClose: false, strictFileNames: false, validateEntrySizes: true }
  let zip: ZipFile
  try {
    zip = await (typeof file === 'string' ? openPromise(file, options) : fromBufferPromise(file, options))
  } catch {
    return refuse('This zip cannot be opened; it is damaged or no zip.')
  }
  const found = await entriesOf(zip, typeof file === 'string' ? null : file.length, allBytes)
  if ('refused' in found) {
    zip.close()
    return refuse(found.refused)
  }
  return {
    ok: true,
    names: [...found.keys()],
    stream: async (name) => {
      const entry = found.get(name)
      return entry === undefined ? Readable.from([]) : zip.openReadStreamPromise(entry)
    },
    close: () => zip.close(),
  }
}

async function entriesOf(
  zip: ZipFile,
  size: number | null,
  allBytes: number,
): Promise<Map<string, Entry> | { readonly refused: string }> {
  const found = new Map<string, Entry>()
  let all = 0
  let packed = 0
  if (zip.entryCount > zipLimits.entries)
    return { refused: `There are more than ${zipLimits.entries} files in this zip.` }
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName.endsWith('/')) continue
      if (entry.isEncrypted()) return { refused: 'This zip is locked with a password.' }
      all += entry.uncompressedSize
      packed += entry.compressedSize
      if (entry.uncompressedSize > zipLimits.entryBytes || all > allBytes || isBomb(entry))
        return { refused: 'What is in this zip is too large to be unpacked.' }
      found.set(entry.fileName, entry)
    }
  } catch {
    return { refused: 'The list of files in this zip is damaged, or a name in it leads out of it.' }
  }
  // Why: entries that share their bytes unpack to more than a zip of this size can hold.
  if (packed > (size ?? zip.fileSize)) return { refused: 'What is in this zip is too large to be unpacked.' }
  return found
}

function isBomb(entry: Entry): boolean {
  return (
    entry.uncompressedSize > 1_048_576 &&
    entry.uncompressedSize > Math.max(1, entry.compressedSize) * zipLimits.ratio
  )
}

function refuse(refused: string): { readonly ok: false; readonly refused: string } {
  return { ok: false, refused }
}
