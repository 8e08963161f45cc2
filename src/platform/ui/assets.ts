import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Where `tools/assets.mjs` puts styles, scripts and fonts; the same folder seen from source and from dist. */
export const assetsFolder: string = fileURLToPath(new URL('../../../dist/assets', import.meta.url))

let manifest: Readonly<Record<string, string>> | undefined

/** The address of a built file, `app.css` → `/assets/app-3F2A….css`; before a build, the plain name. */
export function asset(name: string): string {
  manifest ??= readManifest()
  return `/assets/${manifest[name] ?? name}`
}

function readManifest(): Readonly<Record<string, string>> {
  try {
    return JSON.parse(readFileSync(join(assetsFolder, 'manifest.json'), 'utf8')) as Record<string, string>
  } catch {
    return {}
  }
}
