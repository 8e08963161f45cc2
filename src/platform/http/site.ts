import type { Context, Hono } from 'hono'

import type { Actor, Client, Introduce, Permission } from '#platform/access'
import type { Installation } from '#platform/crypto'
import type { Pools, Tx } from '#platform/db'
import type { RoomWords, Words } from '#platform/i18n'

import type { AppEnv } from './env.ts'

/** An entry of the staff menu, shown to those whose roles carry the permission. */
export interface NavEntry {
  readonly href: string
  /** Word key of its text. */
  readonly word: string
  readonly permission: Permission
}

/** What a running installation gives to its routes; made once when the app is put together. */
export interface Site {
  readonly pools: Pools
  readonly introduce: Introduce
  readonly installation: Installation
  readonly nav: readonly NavEntry[]
  /** What has to happen in a member's request before it shows anything; the words are this request's own. */
  readonly before: (db: Tx, actor: Actor, t: Words) => Promise<void>
  /** True only on loopback with demo data: then *Look round as …* exists. */
  readonly demo: boolean
  /** Answers a request whose session is missing or over; a posted form is carried through signing in. */
  askToSignIn(c: Context<SiteEnv>): Response | Promise<Response>
}

export interface SiteEnv extends AppEnv {
  Variables: AppEnv['Variables'] & { site: Site }
}

/** Only behind `needs(…)`: the fenced handle, and who holds it. */
export interface MemberEnv extends SiteEnv {
  Variables: SiteEnv['Variables'] & {
    db: Tx
    actor: Actor
    nav: readonly { readonly href: string; readonly text: string }[]
  }
}

/** Only behind `needsClient(…)`: the fenced handle, and which system holds it. */
export interface ClientEnv extends SiteEnv {
  Variables: SiteEnv['Variables'] & { db: Tx; actor: Actor; client: Client }
}

/** Only behind `publicDb()`: the handle of the public login. */
export interface PublicEnv extends SiteEnv {
  Variables: SiteEnv['Variables'] & { db: Tx }
}

/** What a room hands to the app: its words, its entries of the staff menu, and how its pages are mounted. */
export interface Room {
  readonly words: RoomWords
  readonly nav?: readonly NavEntry[]
  /** What has to happen in a member's request before it shows anything. */
  readonly before?: (db: Tx, actor: Actor, t: Words) => Promise<void>
  readonly mount: (app: Hono<SiteEnv>) => void
}
