import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'
import { gzipSync } from 'node:zlib'

import { Hono } from 'hono'

import type { AppEnv } from './env.ts'

interface Asset {
  readonly body: Uint8Array<ArrayBuffer>
  readonly zipped: Uint8Array<ArrayBuffer> | null
  readonly type: string
  readonly hashed: boolean
}

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
}

/**
 * Serves the built files under `/assets/`, read once at start: no path from a request ever reaches the disk. Names that
 * carry a hash may be kept for ever, the others not at all.
 */
export function assetRoutes(folder: string): Hono<AppEnv> {
  const assets = readAssets(folder)
  const routes = new Hono<AppEnv>()
  routes.get('/assets/:name{.+}', (c) => {
    const asset = assets.get(c.req.param('name'))
    if (!asset) return c.notFound()
    c.header('Content-Type', asset.type)
    c.header('Cache-Control', asset.hashed ? 'public, max-age=31536000, immutable' : 'no-store')
    if (!asset.zipped) return c.body(asset.body)
    c.header('Vary', 'Accept-Encoding')
    if (!/\bgzip\b/.test(c.req.header('accept-encoding') ?? '')) return c.body(asset.body)
    c.header('Content-Encoding', 'gzip')
    return c.body(asset.zipped)
  })
  return routes
}

function readAssets(folder: string): ReadonlyMap<string, Asset> {
  if (!existsSync(folder)) return new Map()
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile())
  return new Map(files.flatMap((file) => read(folder, join(file.parentPath, file.name))))
}

function read(folder: string, path: string): (readonly [string, Asset])[] {
  const type = types[extname(path)]
  if (type === undefined) return []
  const body = new Uint8Array(readFileSync(path))
  const worthIt = /^(text|image\/svg|application)/.test(type)
  const asset = {
    body,
    zipped: worthIt ? new Uint8Array(gzipSync(body)) : null,
    type,
    // esbuild writes eight capitals and digits; others write hexadecimal.
    hashed: /[.-](?:[A-Z0-9]{8}|[0-9a-f]{8,64})\.[a-z0-9]+$/.test(path),
  }
  return [[relative(folder, path).split(sep).join('/'), asset]]
}
