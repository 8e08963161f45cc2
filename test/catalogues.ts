import { globSync, readFileSync } from 'node:fs'

/** One sentence of one catalogue. */
export interface Sentence {
  readonly file: string
  readonly room: string
  readonly pack: string
  readonly key: string
  readonly text: string
}

/** Every sentence of every catalogue in src. */
export function sentences(root: string): Sentence[] {
  return globSync('src/**/words.*.json', { cwd: root })
    .sort()
    .flatMap((file) => {
      const pack = /words\.(\w+)\.json$/.exec(file)?.[1] ?? ''
      const room = file.split('/').at(-2) ?? ''
      const tree: unknown = JSON.parse(readFileSync(`${root}/${file}`, 'utf8'))
      return leaves(tree, []).map(([key, text]) => ({ file, room, pack, key, text }))
    })
}

/** Every source file that is not a test, with its text. */
export function sources(root: string): { readonly path: string; readonly text: string }[] {
  return globSync('src/**/*.{ts,tsx}', { cwd: root })
    .filter((path) => !/\.(test|fixture)\.tsx?$/.test(path))
    .sort()
    .map((path) => ({ path, text: readFileSync(`${root}/${path}`, 'utf8') }))
}

function leaves(node: unknown, path: readonly string[]): [string, string][] {
  if (typeof node === 'string') return [[path.join('.'), node]]
  if (typeof node !== 'object' || node === null) return [[path.join('.'), String(node)]]
  return Object.entries(node).flatMap(([key, inner]) => leaves(inner, [...path, key]))
}
