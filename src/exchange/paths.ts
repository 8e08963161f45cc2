import { directoryPaths } from '#directory'

/** Addresses of the pages for files and feeds. They say nothing of what is in them. */
export const paths = {
  files: directoryPaths.files,
  file: (id: string) => `${directoryPaths.files}/${id}`,
  mapping: (id: string) => `${directoryPaths.files}/${id}/columns`,
  apply: (id: string) => `${directoryPaths.files}/${id}/apply`,
  drop: (id: string) => `${directoryPaths.files}/${id}/aside`,
  undo: (id: string) => `${directoryPaths.files}/${id}/undo`,
  changes: (id: string, show: string, page = 1) =>
    `${directoryPaths.files}/${id}/changes?show=${show}${page === 1 ? '' : `&page=${page}`}`,
  decide: (id: string) => `${directoryPaths.files}/${id}/changes`,
  problems: (id: string, rule = '', page = 1) =>
    `${directoryPaths.files}/${id}/problems${rule === '' ? '' : `?rule=${encodeURIComponent(rule)}`}${page === 1 ? '' : `&page=${page}`}`,
  feed: directoryPaths.feed,
  newFeed: '/feeds/new',
  feedColumns: (id: string) => `${directoryPaths.feed(id)}/columns`,
  feedAct: (id: string) => `${directoryPaths.feed(id)}/act`,
} as const

/** The same addresses as the routes match them. */
export const routePaths = {
  file: '/files/:id',
  mapping: '/files/:id/columns',
  apply: '/files/:id/apply',
  drop: '/files/:id/aside',
  undo: '/files/:id/undo',
  changes: '/files/:id/changes',
  problems: '/files/:id/problems',
  feed: '/feeds/:id',
  feedColumns: '/feeds/:id/columns',
  feedAct: '/feeds/:id/act',
} as const
