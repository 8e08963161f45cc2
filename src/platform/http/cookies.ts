import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'

import { type AppEnv, edge, type EdgeConfig } from './env.ts'

/**
 * Our only cookies. `session`: signed in. `step`: the password was right, the second step is still open. `visit`: a
 * one-time link whose code was given.
 */
export const cookieUses = ['session', 'step', 'visit'] as const
export type CookieUse = (typeof cookieUses)[number]

/** The cookie's name: locked to this host over https; on loopback one of its own for each port. */
export function cookieName(use: CookieUse, config: Pick<EdgeConfig, 'secure' | 'publicUrl'>): string {
  if (config.secure) return `__Host-${use}`
  return `${use}-${new URL(config.publicUrl).port || '80'}`
}

/** Gives the browser a secret until it closes; never readable by scripts, never sent from another site. */
export function giveCookie<E extends AppEnv>(c: Context<E>, use: CookieUse, value: string): void {
  const { config } = edge(c).var
  setCookie(c, cookieName(use, config), value, rules(config))
}

/** The secret the browser brought, or null. */
export function readCookie<E extends AppEnv>(c: Context<E>, use: CookieUse): string | null {
  return getCookie(c, cookieName(use, edge(c).var.config)) || null
}

/** Takes one of our cookies back. */
export function expireCookie<E extends AppEnv>(c: Context<E>, use: CookieUse): void {
  const { config } = edge(c).var
  deleteCookie(c, cookieName(use, config), rules(config))
}

/** Takes all of our cookies back, by name: `Clear-Site-Data: "cookies"` would empty the whole registrable domain. */
export function expireCookies<E extends AppEnv>(c: Context<E>): void {
  for (const use of cookieUses) expireCookie(c, use)
}

function rules(config: Pick<EdgeConfig, 'secure'>) {
  return { path: '/', httpOnly: true, sameSite: 'Strict', secure: config.secure } as const
}
