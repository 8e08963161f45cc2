import { Readable } from 'node:stream'

import { vi } from 'vitest'

import { cli } from '../../src/cli.ts'

/** Runs the command line in this process with `input` on its standard input: its exit code and what it said on either stream. */
export async function anydoor(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  input: string | Readable = '',
): Promise<{ readonly code: number; readonly said: string; readonly complained: string }> {
  const said: string[] = []
  const complained: string[] = []
  const out = vi.spyOn(process.stdout, 'write').mockImplementation((text) => said.push(String(text)) > 0)
  const err = vi
    .spyOn(process.stderr, 'write')
    .mockImplementation((text) => complained.push(String(text)) > 0)
  const typed = vi
    .spyOn(process, 'stdin', 'get')
    .mockReturnValue(
      (typeof input === 'string' ? Readable.from([input]) : input) as unknown as typeof process.stdin,
    )
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
  try {
    return { code: await cli(args), said: said.join(''), complained: complained.join('') }
  } finally {
    for (const spy of [out, err, typed]) spy.mockRestore()
    vi.unstubAllEnvs()
  }
}
