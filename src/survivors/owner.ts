import { z } from 'zod'

const DEFAULT_BACKUP_DAYS = 30

/** Who runs this installation and how to reach them, as the open pages name them. */
export interface Owner {
  /** Null until somebody says; the pages then say so, and the operator is warned. */
  readonly name: string | null
  /** How to reach them, one way a line. */
  readonly contact: string | null
  /** Where complaints go, if not to `contact`. */
  readonly complaints: string | null
  /** Who answers for data protection, if not `contact`. */
  readonly dataProtection: string | null
  /** Days after which no backup can be opened any more for what was erased. */
  readonly backupDays: number
}

const text = z
  .string()
  .transform((value) => value.replaceAll('\\n', '\n').trim() || null)
  .nullish()
  .transform((value) => value ?? null)

const environment = z.object({
  OWNER_NAME: text,
  OWNER_CONTACT: text,
  COMPLAINTS_CONTACT: text,
  DATA_PROTECTION_CONTACT: text,
  BACKUP_DAYS: z.coerce.number().int().min(1).max(3650).catch(DEFAULT_BACKUP_DAYS),
})

/** Reads the owner from environment variables; `\n` in a contact starts a new line. Never fails. */
export function ownerFrom(variables: Readonly<Record<string, string | undefined>>): Owner {
  const read = environment.parse(variables)
  return {
    name: read.OWNER_NAME,
    contact: read.OWNER_CONTACT,
    complaints: read.COMPLAINTS_CONTACT ?? read.OWNER_CONTACT,
    dataProtection: read.DATA_PROTECTION_CONTACT ?? read.OWNER_CONTACT,
    backupDays: read.BACKUP_DAYS,
  }
}
