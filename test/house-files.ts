import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

/** One text file of the house: its path from the root with forward slashes, and what it says. */
export interface HouseFile {
  readonly path: string
  readonly text: string
}

/** One broken house rule: where, which rule, and what was seen. */
export interface Trespass {
  readonly path: string
  readonly rule: string
  readonly what: string
}

const folders = ['src', 'test', 'tools', 'bench', 'migrations', 'docs', 'bin', '.ci']
const skipped = new Set(['node_modules', 'dist', 'data', 'keys', 'peers', 'conformance', 'test-results'])
const textual = /\.(ts|tsx|mjs|js|json|sql|md|scss|css|sh|svg|ya?ml|txt)$|\/(anydoor|run)$/

/** Every text file of the house on disk, committed or not, generated ones included. */
export function houseFiles(root: string): readonly HouseFile[] {
  const top = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(md|json|ts)$/.test(entry.name))
    .map((entry) => join(root, entry.name))
  return [...top, ...folders.flatMap((folder) => filesBelow(join(root, folder)))]
    .map((file) => ({ file, path: relative(root, file).split(sep).join('/') }))
    .filter(({ path }) => textual.test(path))
    .map(({ file, path }) => ({ path, text: readFileSync(file, 'utf8') }))
}

/** Whether the file is TypeScript that a person wrote. */
export function isCode(file: HouseFile): boolean {
  return /\.(ts|tsx)$/.test(file.path) && !file.path.endsWith('.gen.ts') && !file.path.endsWith('.d.ts')
}

/** Whether the file is a test or helps one. */
export function isTest(path: string): boolean {
  return /\.(test|journey)\.tsx?$/.test(path) || path.startsWith('test/')
}

/** How many lines the file has, the last empty one not counted. */
export function lineCount(file: HouseFile): number {
  return file.text.replace(/\n$/, '').split('\n').length
}

function filesBelow(folder: string): readonly string[] {
  const entries = readFolder(folder)
  return entries.flatMap((entry) => {
    if (skipped.has(entry.name)) return []
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return filesBelow(path)
    return entry.isFile() ? [path] : []
  })
}

function readFolder(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw fault
  }
}
