// Builds styles, scripts, fonts and icons into dist/assets under names that carry their content's hash, and
// manifest.json beside them. `--if-stale` builds only when something they are made of is newer. Everything is served
// from our own origin.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

import { build } from 'esbuild'
import { compile } from 'sass'

const root = fileURLToPath(new URL('..', import.meta.url))
const out = join(root, 'dist/assets')

if (process.argv.includes('--if-stale') && isFresh()) process.exit(0)

mkdirSync(out, { recursive: true })
// Built aside and then moved: a server that starts meanwhile never reads half a file.
const draft = mkdtempSync(join(root, 'dist/.assets-'))

const shared = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  metafile: true,
  legalComments: 'none',
  outdir: draft,
  entryNames: '[name]-[hash]',
  assetNames: '[name]-[hash]',
  publicPath: '/assets',
  target: ['es2022', 'chrome105', 'firefox105', 'safari16'],
  logLevel: 'warning',
}

const built = await Promise.all([
  build({
    ...shared,
    stdin: { contents: stylesheet(), resolveDir: root, loader: 'css', sourcefile: 'app.css' },
    entryNames: 'app-[hash]',
    loader: { '.woff2': 'file' },
  }),
  build({ ...shared, entryPoints: ['src/islands/app.ts'], format: 'esm' }),
  build({ ...shared, entryPoints: ['src/islands/early.ts'], format: 'iife' }),
  // Apart from the rest: only pages for writing about somebody need the table of wording, and no open page may hold it.
  build({
    ...shared,
    entryPoints: ['src/islands/wording-hints.ts'],
    format: 'esm',
    conditions: ['source'],
  }),
  build({
    ...shared,
    entryPoints: ['src/styles/door.svg', 'src/styles/plain.svg'],
    loader: { '.svg': 'copy' },
  }),
])

const manifest = {}
for (const { metafile } of built) {
  for (const path of Object.keys(metafile.outputs)) {
    const name = basename(path)
    manifest[name.replace(/-[A-Z0-9]{8}(?=\.)/, '')] = name
  }
}
refuseStrangers()
for (const name of Object.values(manifest)) {
  if (!existsSync(join(out, name))) renameSync(join(draft, name), join(out, name))
}
writeFileSync(join(draft, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
renameSync(join(draft, 'manifest.json'), join(out, 'manifest.json'))
const kept = new Set(['manifest.json', ...Object.values(manifest)])
for (const name of readdirSync(out))
  if (!kept.has(name)) rmSync(join(out, name), { recursive: true, force: true })
rmSync(draft, { recursive: true })
console.log(`assets: ${Object.keys(manifest).length} files in ${relative(process.cwd(), out) || out}`)

function stylesheet() {
  const { css } = compile(join(root, 'src/styles/app.scss'), {
    loadPaths: [join(root, 'node_modules')],
    quietDeps: true,
  })
  return css
}

// The design system's licence covers code, not the government's font, crown and crest; and no page may call out.
function refuseStrangers() {
  const css = readFileSync(join(draft, manifest['app.css']), 'utf8')
  const found = css.match(/GDS Transport|crest|@import|url\((?!"?\/assets\/)/)
  if (found) throw new Error(`the stylesheet holds ${found[0]}`)
}

function isFresh() {
  const manifestPath = join(out, 'manifest.json')
  if (!existsSync(manifestPath)) return false
  const built = statSync(manifestPath).mtimeMs
  const sources = ['src/styles', 'src/islands', 'src/language'].flatMap((folder) =>
    readdirSync(join(root, folder)).map((file) => join(root, folder, file)),
  )
  return [...sources, fileURLToPath(import.meta.url), join(root, 'package-lock.json')].every(
    (file) => statSync(file).mtimeMs < built,
  )
}
