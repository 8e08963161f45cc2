import { realpathSync } from 'node:fs'
import path from 'node:path'
import { environmentSchema, type Config, type ConfigRefusal, type Environment } from './config.ts'

/**
 * Reads the environment into a checked configuration.
 * Relative folders count from `cwd`. Returns every mistake at once, one sentence a line.
 */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
  cwd: string,
): Config | ConfigRefusal {
  const parsed = environmentSchema.safeParse(env)
  if (!parsed.success) return refuse(parsed.error.issues.map((issue) => issue.message))
  const config = derive(parsed.data, cwd)
  const mistakes = [...reachMistakes(config), ...folderMistakes(config), ...mailMistakes(parsed.data)]
  return mistakes.length > 0 ? refuse(mistakes) : config
}

function derive(env: Environment, cwd: string): Config {
  const port = env.PORT ?? 3000
  const host = env.HOST ?? '127.0.0.1'
  const publicUrl = new URL(env.PUBLIC_URL ?? `http://${urlHost(host)}:${port}`)
  const dataDir = path.resolve(cwd, env.DATA_DIR ?? 'data')
  const loopback = isLoopback(host) && isLoopback(publicUrl.hostname)
  return {
    port,
    host,
    publicUrl: publicUrl.origin,
    dataDir,
    keysDir:
      env.KEYS_DIR === undefined ? path.join(path.dirname(dataDir), 'keys') : path.resolve(cwd, env.KEYS_DIR),
    databaseUrl: env.DATABASE_URL ?? null,
    loginUrls: {
      web: env.WEB_DATABASE_URL ?? null,
      public: env.PUBLIC_DATABASE_URL ?? null,
      jobs: env.JOBS_DATABASE_URL ?? null,
      sealer: env.SEALER_DATABASE_URL ?? null,
    },
    mail: env.SMTP_URL && env.MAIL_FROM ? { smtpUrl: env.SMTP_URL, from: env.MAIL_FROM } : null,
    eventHosts: env.EVENT_HOSTS ?? [],
    pack: env.ANYDOOR_PACK ?? 'uk',
    demo: env.ANYDOOR_DEMO ?? null,
    loopback,
    secure: publicUrl.protocol === 'https:',
    allowedHosts: hostsOf(publicUrl, loopback ? port : 0),
  }
}

/** Session cookies over plain http could be read on the way, so http stays on this machine. */
function reachMistakes(config: Config): readonly string[] {
  if (config.secure || config.loopback) return []
  if (!isLoopback(config.host)) {
    return [
      `HOST is ${config.host}, which other machines can reach: set PUBLIC_URL to the https address that people will use, or set HOST to 127.0.0.1.`,
    ]
  }
  return [
    `PUBLIC_URL is ${config.publicUrl}, which is plain http beyond this machine: it must start with https://.`,
  ]
}

function folderMistakes(config: Config): readonly string[] {
  const relative = path.relative(realFolder(config.dataDir), realFolder(config.keysDir))
  const inside = relative === '' || (!relative.startsWith('..') && !path.isAbsolute(relative))
  return inside
    ? [
        `KEYS_DIR (${config.keysDir}) lies inside DATA_DIR (${config.dataDir}): put it beside, so that a copy of the data does not carry the keys.`,
      ]
    : []
}

function mailMistakes(env: Environment): readonly string[] {
  if (env.SMTP_URL && !env.MAIL_FROM)
    return ['SMTP_URL is set, but MAIL_FROM is not: set it to the address that mail comes from.']
  if (env.MAIL_FROM && !env.SMTP_URL)
    return ['MAIL_FROM is set, but SMTP_URL is not: set it to the server that sends the mail.']
  return []
}

/** Follows links in the part of a path that already exists. */
function realFolder(folder: string): string {
  try {
    return realpathSync(folder)
  } catch {
    const parent = path.dirname(folder)
    return parent === folder ? folder : path.join(realFolder(parent), path.basename(folder))
  }
}

function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '').toLowerCase()
  return bare === 'localhost' || bare === '::1' || /^127(\.\d{1,3}){3}$/.test(bare)
}

function urlHost(host: string): string {
  return host.includes(':') ? `[${host}]` : host
}

function hostsOf(publicUrl: URL, loopbackPort: number): readonly string[] {
  const local =
    loopbackPort === 0 ? [] : ['localhost', '127.0.0.1', '[::1]'].map((name) => `${name}:${loopbackPort}`)
  return publicUrl.port === '0' ? [] : [...new Set([publicUrl.host, ...local])]
}

function refuse(mistakes: readonly string[]): ConfigRefusal {
  return { refused: 'configuration', message: mistakes.join('\n') }
}
