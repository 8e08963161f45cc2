import { readConfig, type Config } from '#platform/config'

/** One command: its line in the help, and what it does with its own arguments. Gives the exit code. */
interface Command {
  readonly says: string
  readonly usage: string
  /** The whole help, where one line does not say enough. */
  readonly help?: () => Promise<string>
  readonly run: (args: readonly string[]) => Promise<number>
}

const commands: Readonly<Record<string, Command>> = {
  start: {
    says: 'serve, with an invented demo world when this machine is empty',
    usage: 'start',
    run: withConfig(async (config) => (await import('./start.ts')).start(config)),
  },
  serve: {
    says: 'serve',
    usage: 'serve',
    run: withConfig(async (config) => (await import('./serve.ts')).serve(config)),
  },
  demo: {
    says: 'fill an empty installation with the invented demo world',
    usage: 'demo',
    run: withConfig(async (config) => (await import('./demo.command.ts')).runDemo(config)),
  },
  migrate: {
    says: 'bring the database to the newest shape',
    usage: 'migrate',
    run: withConfig(async (config) => (await import('./migrate.command.ts')).runMigrate(config)),
  },
  import: {
    says: 'bring services (HSDS and other files) or pathways into the directory',
    usage:
      'import [--format FORMAT] [--dry-run] [--json] FILE | import --runs | import --undo RUN --why TEXT',
    help: async () => (await import('./import.command.ts')).importHelp,
    run: withConfig(async (config, args) =>
      (await import('./import.command.ts')).runImportCommand(config, args),
    ),
  },
  export: {
    says: 'write the public directory for other systems, or as a service system to check or match',
    usage: 'export --format hsds|system [--out FILE]',
    help: async () => (await import('./export.command.ts')).exportHelp,
    run: withConfig(async (config, args) => (await import('./export.command.ts')).runExport(config, args)),
  },
  check: {
    says: 'decide a service system, or with --rules the rule tables, for every possible situation',
    usage: 'check SYSTEM.json [options] | check --rules [TABLE.json …] [--json]',
    help: async () => (await import('./cli-check.ts')).checkHelp,
    run: async (args) =>
      args.includes('--rules')
        ? (await import('./cli-check-rules.ts')).runCheckRules(args)
        : (await import('./cli-check.ts')).runCheck(args),
  },
  match: {
    says: 'match one situation: who takes the person, what depends on an answer, who does not and why',
    usage: 'match SYSTEM.json SITUATION.json [options]',
    help: async () => (await import('./cli-match.ts')).matchHelp,
    run: async (args) => (await import('./cli-match.ts')).runMatch(args),
  },
  ledger: {
    says: 'check the whole ledger, or print its newest head to keep',
    usage: 'ledger verify [--head FILE] [--json] | ledger head',
    help: async () => (await import('./ledger.command.ts')).ledgerHelp,
    run: withConfig(async (config, args) => (await import('./ledger.command.ts')).runLedger(config, args)),
  },
  backup: {
    says: 'copy the data, or the keyring, into a dated folder',
    usage: 'backup [DIR] [--keyring DIR] [--json]',
    help: async () => (await import('./backup.command.ts')).backupHelp,
    run: withConfig(async (config, args) => (await import('./backup.command.ts')).runBackup(config, args)),
  },
  restore: {
    says: 'bring a backup back into an empty database',
    usage: 'restore DIR [--keyring DIR] [--json]',
    help: async () => (await import('./restore.command.ts')).restoreHelp,
    run: withConfig(async (config, args) => (await import('./restore.command.ts')).runRestore(config, args)),
  },
  keys: {
    says: 'print the installation’s keys for a safe, or bring them back from the print',
    usage: 'keys print [--yes] | keys restore',
    help: async () => (await import('./keys.command.ts')).keysHelp,
    run: withConfig(async (config, args) => (await import('./keys.command.ts')).runKeys(config, args)),
  },
  recover: {
    says: 'open an agency with its printed recovery sheet, when no administrator can sign in',
    usage: 'recover --login ADDRESS --name NAME | recover --words "SIX WORDS"',
    help: async () => (await import('./recover.command.ts')).recoverHelp,
    run: withConfig(async (config, args) =>
      (await import('./recover.command.ts')).runRecoverCommand(config, args),
    ),
  },
}

/** Runs the command line. 0 done; 1 the check found something; 2 could not run, with one line on standard error that says why. */
export async function cli(args: readonly string[]): Promise<number> {
  const [name = 'start', ...rest] = args
  if (name === '--help' || name === 'help') return help()
  const command = commands[name]
  if (command === undefined) return refuse(`There is no command ${name}. anydoor --help lists them.`)
  if (rest.includes('--help') || rest.includes('-h')) return print(await helpOf(command))
  return command.run(rest)
}

function withConfig(run: (config: Config, args: readonly string[]) => Promise<number>): Command['run'] {
  return async (args) => {
    const config = readConfig(process.env, process.cwd())
    return 'refused' in config ? refuse(config.message) : run(config, args)
  }
}

async function helpOf(command: Command): Promise<string> {
  const whole = (await command.help?.()) ?? `anydoor ${command.usage}\n  ${command.says}\n`
  return whole.endsWith('\n') ? whole : `${whole}\n`
}

function help(): number {
  const width = Math.max(...Object.keys(commands).map((name) => name.length))
  const lines = Object.entries(commands).map(([name, command]) => `  ${name.padEnd(width)}  ${command.says}`)
  return print(`anydoor COMMAND\n\n${lines.join('\n')}\n\nanydoor COMMAND --help says more.\n`)
}

function print(text: string): number {
  process.stdout.write(text)
  return 0
}

function refuse(message: string): number {
  process.stderr.write(`${message}\n`)
  return 2
}
