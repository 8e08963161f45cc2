import { z } from 'zod'

/** What one running installation was told, checked once and never changed. */
export interface Config {
  /** TCP port to listen on; 0 asks the system for a free one. */
  readonly port: number
  /** Address to listen on. */
  readonly host: string
  /** Origin that people type, without a trailing slash. */
  readonly publicUrl: string
  /** Absolute folder of everything that a backup takes. */
  readonly dataDir: string
  /** Absolute folder of the pepper, the installation key and the database passwords; never inside `dataDir`. */
  readonly keysDir: string
  /** The owner's PostgreSQL address, or null for the embedded server. */
  readonly databaseUrl: string | null
  /** Addresses that replace the ones `migrate` makes for each login. */
  readonly loginUrls: Readonly<Record<Login, string | null>>
  /** Where mail leaves, or null: it stays in the outbox. */
  readonly mail: { readonly smtpUrl: string; readonly from: string } | null
  /** Hosts that agencies may have events sent to; empty: none. */
  readonly eventHosts: readonly string[]
  /** Wording and rule pack. */
  readonly pack: Pack
  /** Whether to fill the demo world; null when nobody said. */
  readonly demo: boolean | null
  /** True only while both the address listened on and the public address are this machine. */
  readonly loopback: boolean
  /** True when people reach it over https. */
  readonly secure: boolean
  /** `Host` headers that are answered; empty while `port` is 0. */
  readonly allowedHosts: readonly string[]
}

/** The database logins that can be pointed elsewhere; the owner's own is `databaseUrl`. */
export const logins = ['web', 'public', 'jobs', 'sealer'] as const
export type Login = (typeof logins)[number]

export type Pack = 'uk' | 'us'

/** A configuration that must not start, with one sentence for each mistake. */
export interface ConfigRefusal {
  readonly refused: 'configuration'
  readonly message: string
}

/** The environment variables as written; every message says what to type instead. */
export const environmentSchema = z.object({
  PORT: blankOr(
    z.coerce
      .number('PORT must be a whole number from 0 to 65535.')
      .int('PORT must be a whole number from 0 to 65535.')
      .min(0, 'PORT must be a whole number from 0 to 65535.')
      .max(65535, 'PORT must be a whole number from 0 to 65535.'),
  ),
  HOST: blankOr(
    z.string().regex(/^[\w.:%-]+$/, 'HOST must be an address or a host name, such as 127.0.0.1 or 0.0.0.0.'),
  ),
  PUBLIC_URL: blankOr(
    z
      .string()
      .refine(isOrigin, 'PUBLIC_URL must be an address without a path, such as https://anydoor.example.org.'),
  ),
  DATA_DIR: blankOr(z.string()),
  KEYS_DIR: blankOr(z.string()),
  DATABASE_URL: blankOr(postgresUrl('DATABASE_URL')),
  WEB_DATABASE_URL: blankOr(postgresUrl('WEB_DATABASE_URL')),
  PUBLIC_DATABASE_URL: blankOr(postgresUrl('PUBLIC_DATABASE_URL')),
  JOBS_DATABASE_URL: blankOr(postgresUrl('JOBS_DATABASE_URL')),
  SEALER_DATABASE_URL: blankOr(postgresUrl('SEALER_DATABASE_URL')),
  SMTP_URL: blankOr(
    z
      .string()
      .refine(
        hasScheme('smtp:', 'smtps:'),
        'SMTP_URL must start with smtp:// or smtps://, such as smtps://user:password@mail.example.org.',
      ),
  ),
  MAIL_FROM: blankOr(
    z.string().regex(/[^\s@]+@[^\s@]+/, 'MAIL_FROM must be a mail address, such as office@example.org.'),
  ),
  EVENT_HOSTS: blankOr(
    z
      .string()
      .trim()
      .toLowerCase()
      .regex(
        /^[a-z0-9-]+(\.[a-z0-9-]+)+(\s*,\s*[a-z0-9-]+(\.[a-z0-9-]+)+)*$/,
        'EVENT_HOSTS must be host names with commas between, such as records.example.org, cases.example.net.',
      )
      .transform((text) => text.split(/\s*,\s*/)),
  ),
  ANYDOOR_PACK: blankOr(z.enum(['uk', 'us'], 'ANYDOOR_PACK must be uk or us.')),
  STALE_DAYS: blankOr(
    z.coerce
      .number('STALE_DAYS must be a whole number from 30 to 365.')
      .int('STALE_DAYS must be a whole number from 30 to 365.')
      .min(30, 'STALE_DAYS must be a whole number from 30 to 365.')
      .max(365, 'STALE_DAYS must be a whole number from 30 to 365.'),
  ),
  PAPER_MIB: blankOr(
    z.coerce
      .number('PAPER_MIB must be a whole number from 1 to 100.')
      .int('PAPER_MIB must be a whole number from 1 to 100.')
      .min(1, 'PAPER_MIB must be a whole number from 1 to 100.')
      .max(100, 'PAPER_MIB must be a whole number from 1 to 100.'),
  ),
  ANYDOOR_DEMO: blankOr(
    z
      .enum(['1', '0', 'true', 'false', 'yes', 'no'], 'ANYDOOR_DEMO must be 1 or 0.')
      .transform((word) => ['1', 'true', 'yes'].includes(word)),
  ),
})

export type Environment = z.infer<typeof environmentSchema>

/** An empty variable counts as not set, as in a compose file. */
function blankOr<T extends z.ZodType>(schema: T): z.ZodPreprocess<z.ZodOptional<T>> {
  return z.preprocess(
    (value) => (typeof value === 'string' && value.trim() === '' ? undefined : value),
    schema.optional(),
  )
}

function postgresUrl(name: string): z.ZodString {
  return z
    .string()
    .refine(
      hasScheme('postgres:', 'postgresql:'),
      `${name} must start with postgres://, such as postgres://owner:password@db.example.org/anydoor.`,
    )
}

function hasScheme(...schemes: readonly string[]): (text: string) => boolean {
  return (text) => URL.canParse(text) && schemes.includes(new URL(text).protocol)
}

function isOrigin(text: string): boolean {
  if (!hasScheme('http:', 'https:')(text)) return false
  const { pathname, search, hash, username } = new URL(text)
  return pathname === '/' && search + hash + username === ''
}
