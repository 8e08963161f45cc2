import type { Context } from 'hono'
import { html } from 'hono/html'

import { type AppEnv, edge } from './env.ts'

const again = 'again'

/**
 * A signed-in page reached by a link elsewhere (a mail) arrives without the strict cookie. This answers with a page that
 * loads itself once more, now from our own site; null when there is nothing to repeat. It looks at no session, so it
 * tells nobody whether there is one.
 */
export function loadOnceMore<E extends AppEnv>(context: Context<E>): Response | Promise<Response> | null {
  const c = edge(context)
  if (c.req.method !== 'GET') return null
  const site = c.req.header('sec-fetch-site')
  const url = new URL(c.req.url)
  // Never a second time, whatever the browser says.
  if (url.searchParams.has(again)) return null
  if (site !== 'cross-site' && site !== 'same-site') return null
  if (c.req.header('sec-fetch-dest') !== 'document') return null
  // A relative address that starts with ? keeps the path, whatever the path looks like.
  const target = url.search === '' ? `?${again}` : `${url.search}&${again}`
  return c.html(page(c, target))
}

/** The address without the mark of having been loaded again, once the browser counts the request as ours; else null. */
export function tidyAddress(c: Context): string | null {
  if (c.req.method !== 'GET' || c.req.header('sec-fetch-site') !== 'same-origin') return null
  const url = new URL(c.req.url)
  return url.searchParams.has(again) ? tidied(url) : null
}

function page(c: Context<AppEnv>, target: string) {
  const { t } = c.var
  return html`<!doctype html>
    <html lang="${t.lang}" dir="${t.dir}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="refresh" content="0; url=${target}" />
        <title>${t('http.again.title')}</title>
      </head>
      <body>
        <p><a href="${target}">${t('http.again.link')}</a></p>
      </body>
    </html>`
}

function tidied(url: URL): string {
  const query = new URLSearchParams(url.search)
  query.delete(again)
  const search = query.size === 0 ? '' : `?${query.toString()}`
  // Two leading slashes would name another host.
  return url.pathname.replace(/^\/+/, '/') + search
}
