import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = path.dirname(import.meta.dirname)
let folder: string

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'anydoor-launcher-'))
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('the launcher runs on the pinned Node beside it, through links and from any folder', () => {
  const home = installedAt(path.join(folder, 'alone'))
  symlinkSync(path.join(root, 'node_modules'), path.join(home, 'node_modules'))
  mkdirSync(path.join(folder, 'bin'))
  symlinkSync('../alone/bin/anydoor', path.join(folder, 'bin', 'relative'))
  symlinkSync(path.join(folder, 'bin', 'relative'), path.join(folder, 'bin', 'twice'))
  expect(launch(path.join(folder, 'bin', 'twice'), 'ledger', 'two words')).toEqual({
    status: 0,
    error: '',
    said: { version: process.version, words: ['ledger', 'two words'], cwd: '/' },
  })
})

test('it finds the Node of the folder that it was installed into', () => {
  const modules = path.join(folder, 'other', 'node_modules')
  const home = installedAt(path.join(modules, 'anydoor'))
  for (const name of readdirSync(path.join(root, 'node_modules')).filter((each) =>
    /^node-(linux|darwin|bin)/.test(each),
  )) {
    symlinkSync(path.join(root, 'node_modules', name), path.join(modules, name))
  }
  expect(launch(path.join(home, 'bin', 'anydoor')).said).toMatchObject({ version: process.version })
})

test('without its Node it says which package is missing', () => {
  const home = installedAt(path.join(folder, 'bare'))
  expect(launch(path.join(home, 'bin', 'anydoor'))).toEqual({
    status: 2,
    error: expect.stringMatching(
      /^The package node-\S+ is missing: install Anydoor again without --omit=optional\.\n$/,
    ),
    said: null,
  })
})

/** The launcher as in an installed package, with a command line that repeats what it was given. */
function installedAt(home: string): string {
  mkdirSync(path.join(home, 'bin'), { recursive: true })
  mkdirSync(path.join(home, 'dist'))
  copyFileSync(path.join(root, 'bin', 'anydoor'), path.join(home, 'bin', 'anydoor'))
  writeFileSync(path.join(home, 'package.json'), '{ "type": "module" }')
  writeFileSync(
    path.join(home, 'dist', 'main.js'),
    'console.log(JSON.stringify({ version: process.version, words: process.argv.slice(2), cwd: process.cwd() }))',
  )
  return realpathSync(home)
}

/** Calls it where the only programs are the system's own. */
function launch(program: string, ...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(program, words, {
    cwd: '/',
    encoding: 'utf8',
    env: { PATH: '/usr/bin:/bin' },
  })
  return { status, error: stderr, said: stdout === '' ? null : (JSON.parse(stdout) as unknown) }
}
