import { Hono } from 'hono'

import { type AppEnv, assetRoutes, type Listening, securityHeaders, serveApp } from '#platform/http'

import { gallery } from './gallery.fixture.tsx'
import { assetsFolder } from './index.ts'

/** The gallery over real HTTP with the house's own headers; `/leave` only says that it was reached. */
export async function serveGallery(): Promise<Listening> {
  const app = new Hono<AppEnv>()
  app.use(securityHeaders({ secure: false }))
  app.route('/', assetRoutes(assetsFolder))
  for (const [path, page] of Object.entries(gallery)) app.get(path, (c) => c.html(String(page())))
  app.get('/leave', (c) => c.redirect('/elsewhere', 303))
  app.get('/elsewhere', (c) => c.html('<title>Weather</title><p>Rain later.</p>'))
  return serveApp(app, { host: '127.0.0.1', port: Number(process.env['GALLERY_PORT'] ?? 0) })
}
