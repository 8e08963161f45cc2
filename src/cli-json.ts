import { readFileSync } from 'node:fs'

/** Why a command cannot run: one line, for standard error. */
export interface CannotRun {
  readonly cannot: string
}

/** Reads a JSON file; a line that says what is wrong when it cannot. */
export function readJson(path: string): { readonly json: unknown } | CannotRun {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    return { cannot: `${path}: cannot be read (${codeOf(error)}); name a file that is there and may be read` }
  }
  try {
    return { json: JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text) }
  } catch (error) {
    const said = error instanceof Error ? error.message : 'unknown'
    return { cannot: oneLine(`${path}: is not JSON (${said}); mend it at that place`) }
  }
}

/** A command's words: what stands alone, `--name value` and `--name`. */
export interface Given {
  readonly plain: readonly string[]
  readonly values: ReadonlyMap<string, string>
  readonly flags: ReadonlySet<string>
}

/** Splits a command's words; a line when one is unknown or lacks its value. */
export function readWords(
  args: readonly string[],
  known: { readonly values: readonly string[]; readonly flags: readonly string[] },
): Given | CannotRun {
  const plain: string[] = []
  const values = new Map<string, string>()
  const flags = new Set<string>()
  for (let i = 0; i < args.length; i++) {
    const word = args[i] ?? ''
    const [name = '', inline] = word.startsWith('--') ? word.split(/=(.*)/s) : [word]
    if (!word.startsWith('-') || word === '-') plain.push(word)
    else if (known.flags.includes(name) && inline === undefined) flags.add(name)
    else if (known.values.includes(name)) {
      const value = inline ?? args[++i]
      if (value === undefined) return { cannot: `${name} needs a value` }
      values.set(name, value)
    } else
      return {
        cannot: `${oneLine(word)} is not known; the options are ${[...known.values, ...known.flags].join(' ')}`,
      }
  }
  return { plain, values, flags }
}

/** Writes the line on standard error; the exit code of a command that could not run. */
export function refuse(line: string): 2 {
  process.stderr.write(`${oneLine(line)}\n`)
  return 2
}

function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
}
