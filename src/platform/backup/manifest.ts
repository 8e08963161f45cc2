import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

import { z } from 'zod'

import { type Bytes, framed, fromText, sign, signatureHolds, type SignPair, toText } from '#platform/crypto'

const manifestSchema = z.object({
  format: z.literal('anydoor backup 1'),
  part: z.enum(['data', 'keyring']),
  madeAt: z.iso.datetime(),
  /** The installation's public signing key: a restore elsewhere must bring the same `KEYS_DIR`. */
  installation: z.string(),
  /** The newest head of the ledger as its six lines; null before the first. */
  head: z.string().nullable(),
  migrations: z.array(z.object({ name: z.string(), hash: z.string() })),
  tables: z.array(
    z.object({
      name: z.string().regex(/^[a-z_]+\.("[a-z_]+"|[a-z_]+)$/),
      columns: z.array(z.string()),
      file: z.string().regex(/^[a-z_.]+\.copy\.gz$/),
      rows: z.int(),
      sha256: z.string(),
    }),
  ),
})

/** What lies in a backup's folder, in the order in which it is brought back. */
export type Manifest = z.infer<typeof manifestSchema>

/** Why a folder is no backup, or not one to trust. */
export interface BackupRefusal {
  readonly refused: 'backup'
  readonly message: string
}

/** Writes the manifest last, signed with the installation's key: a folder without it is not a backup. */
export function writeManifest(folder: string, manifest: Manifest, pair: SignPair): void {
  const text = `${JSON.stringify(manifest, null, 1)}\n`
  write(folder, 'manifest.signature', toText(sign(pair.secretKey, signedBytes(text))))
  write(folder, 'manifest.json', text)
}

/** Reads a manifest and checks whose it is. */
export function readManifest(folder: string, publicKey: Bytes): Manifest | BackupRefusal {
  let text: string
  let manifest: Manifest
  try {
    text = readFileSync(path.join(folder, 'manifest.json'), 'utf8')
    manifest = manifestSchema.parse(JSON.parse(text))
  } catch {
    return refuse(
      `${folder} is not a backup, or its manifest.json is damaged. Name a folder that anydoor backup made.`,
    )
  }
  if (manifest.installation !== toText(publicKey))
    return refuse(
      `${folder} was made by another installation than the one whose keys lie in KEYS_DIR. Bring back the KEYS_DIR that belongs to it first; without it nobody can sign in.`,
    )
  if (!signed(folder, text, publicKey))
    return refuse(
      `${folder} was changed after it was made: its signature does not hold. Take another backup.`,
    )
  return manifest
}

function signed(folder: string, text: string, publicKey: Bytes): boolean {
  try {
    const signature = fromText(readFileSync(path.join(folder, 'manifest.signature'), 'utf8').trim())
    return signatureHolds(publicKey, signedBytes(text), signature)
  } catch {
    return false
  }
}

function signedBytes(text: string): Bytes {
  return framed('anydoor/backup/manifest/1', new TextEncoder().encode(text))
}

function write(folder: string, name: string, text: string): void {
  writeFileSync(path.join(folder, name), text, { mode: 0o600, flush: true })
}

/** Words a refusal. */
export function refuse(message: string): BackupRefusal {
  return { refused: 'backup', message }
}
