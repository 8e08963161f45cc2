import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { type BoxPair, newBoxPair, newSignPair, type SignPair } from './boxes.ts'
import { type Bytes, fromText, newKey, toText } from './bytes.ts'

/** What belongs to this installation and lies beside the data, never inside it or its backups. */
export interface Installation {
  /** Mixed into every password's key and every login's hash: a stolen database alone opens nothing. */
  readonly pepper: Bytes
  /** Signs the ledger's heads. */
  readonly sign: SignPair
  /** Mail addresses of staff are sealed to it until they are used. */
  readonly mail: BoxPair
}

/** Reads the installation's secrets, making them on the first start. `made` says that they are new and want a second safe place. */
export function openInstallation(keysDir: string): {
  readonly installation: Installation
  readonly made: boolean
} {
  mkdirSync(keysDir, { recursive: true, mode: 0o700 })
  const file = join(keysDir, 'installation.json')
  const made = !existsSync(file)
  if (made) writeWhole(file, JSON.stringify(packed(newInstallation())))
  return { installation: unpacked(JSON.parse(readFileSync(file, 'utf8')) as Packed), made }
}

/** Reads the installation's secrets and never makes them: for commands that would be wrong about an installation without. */
export function readInstallation(keysDir: string): Installation | null {
  const file = join(keysDir, 'installation.json')
  return existsSync(file) ? unpacked(JSON.parse(readFileSync(file, 'utf8')) as Packed) : null
}

/** Writes secrets that were brought back where the first start would have made them; false, and nothing is changed, when some are there. */
export function keepInstallation(keysDir: string, installation: Installation): boolean {
  mkdirSync(keysDir, { recursive: true, mode: 0o700 })
  return writeWhole(join(keysDir, 'installation.json'), JSON.stringify(packed(installation)))
}

/** Written beside and linked into place: a crash leaves no half a file, and of two writers one wins; true for that one. */
function writeWhole(file: string, text: string): boolean {
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, text, { mode: 0o600, flush: true })
  try {
    linkSync(draft, file)
    return true
  } catch (error) {
    if (!existsSync(file)) throw error
    return false
  } finally {
    rmSync(draft)
  }
}

interface Packed {
  readonly pepper: string
  readonly sign: readonly [string, string]
  readonly mail: readonly [string, string]
}

function newInstallation(): Installation {
  return { pepper: newKey(), sign: newSignPair(), mail: newBoxPair() }
}

function packed({ pepper, sign, mail }: Installation): Packed {
  return {
    pepper: toText(pepper),
    sign: [toText(sign.publicKey), toText(sign.secretKey)],
    mail: [toText(mail.publicKey), toText(mail.secretKey)],
  }
}

function unpacked(kept: Packed): Installation {
  return {
    pepper: fromText(kept.pepper),
    sign: { publicKey: fromText(kept.sign[0]), secretKey: fromText(kept.sign[1]) },
    mail: { publicKey: fromText(kept.mail[0]), secretKey: fromText(kept.mail[1]) },
  }
}
