import { readConfig, type Config } from '#platform/config'

/** One command: its line in the help, and what it does with its own arguments. Gives the exit code. */
interface Command {
  readonly says: string
  readonly usage: string
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
  migrate: {
    says: 'bring the database to the newest shape',
    usage: 'migrate',
    run: withConfig(async (config) => (await import('./migrate.command.ts')).runMigrate(config)),
  },
}

/** Runs the command line. 0 done; 1 the check found something; 2 could not run, with one line on standard error that says why. */
export async function cli(args: readonly string[]): Promise<number> {
  const [name = 'start', ...rest] = args
  if (name === '--help' || name === 'help') return help()
  const command = commands[name]
  if (command === undefined) return refuse(`There is no command ${name}. anydoor --help lists them.`)
  if (rest.includes('--help')) return print(`anydoor ${command.usage}\n  ${command.says}\n`)
  return command.run(rest)
}

function withConfig(run: (config: Config, args: readonly string[]) => Promise<number>): Command['run'] {
  return async (args) => {
    const config = readConfig(process.env, process.cwd())
    return 'refused' in config ? refuse(config.message) : run(config, args)
  }
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
