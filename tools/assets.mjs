// Builds styles, scripts, fonts and icons into dist/assets under names that carry their content's hash, and
// manifest.json beside them: `node tools/assets.mjs [FOLDER]`. Everything is served from our own origin.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

import { build } from 'esbuild'
import { compile } from 'sass'

const root = fileURLToPath(new URL('..', import.meta.url))
const out = process.argv[2] ?? join(root, 'dist/assets')

mkdirSync(out, { recursive: true })

const shared = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  metafile: true,
  legalComments: 'none',
  outdir: out,
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
writeFileSync(join(out, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
refuseStrangers()
// Last, so that a server started a moment ago still finds what its pages name.
const kept = new Set(['manifest.json', ...Object.values(manifest)])
for (const file of readdirSync(out)) if (!kept.has(file)) rmSync(join(out, file), { recursive: true })
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
  const css = readFileSync(join(out, manifest['app.css']), 'utf8')
  const found = css.match(/GDS Transport|crest|@import|url\((?!"?\/assets\/)/)
  if (found) throw new Error(`the stylesheet holds ${found[0]}`)
}
