import { codeAt } from '#platform/auth'

import type { JourneyWorld } from './journey-world.ts'
import { type Walk, walkIn } from './walk.ts'

/** Looks round as somebody of the invented staff, by the one click on the first page. */
export async function lookRoundAs(
  world: JourneyWorld,
  castId: string,
  options: { readonly scripts?: boolean; readonly width?: number } = {},
): Promise<Walk> {
  await freshCodes(world)
  const walk = await walkIn(world, options)
  await walk.go('/')
  const button = walk.page.locator(`button[name=who][value=${castId}]`)
  if ((await button.count()) === 0) await enterAs(world, walk, castId)
  else await Promise.all([walk.page.waitForURL(/\/(home|work)$/), button.click()])
  walk.effort()
  return walk
}

/** Signs somebody in through the real pages: their password, then the code of their authenticator. */
export async function enterAs(world: JourneyWorld, walk: Walk, castId: string): Promise<void> {
  const who = world.kept.staff[castId]
  if (who === undefined) throw new Error(`${castId} is not in the cast.`)
  await freshCodes(world)
  await walk.go('/sign-in')
  await walk.page.locator('input[name=login]').fill(who.login)
  await walk.page.locator('input[name=password]').fill(who.password)
  await walk.press('Continue')
  await walk.page.locator('input[name=code]').fill(codeAt(who.authenticator, Temporal.Now.instant()))
  await walk.press('Sign in')
}

/** Lets the codes of this half minute count again, as if time had passed. */
export async function freshCodes(world: Pick<JourneyWorld, 'owner'>): Promise<void> {
  await world.owner.updateTable('access.account').set({ totp_step: 0 }).execute()
  await world.owner.deleteFrom('access.attempt').execute()
}
