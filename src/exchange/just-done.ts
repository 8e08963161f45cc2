import type { Context } from 'hono'
import type { MemberEnv } from '#platform/http'

/** What an address says has just been done, in words; null when it says nothing. */
export function justDone(c: Context<MemberEnv>): string | null {
  const { t } = c.var
  const count = (name: string) => {
    const number = Number(c.req.query(name) ?? '0')
    return Number.isInteger(number) && number > 0 && number < 1_000_000 ? number : 0
  }
  const parts = [
    ...(count('in') > 0 ? [t('exchange.file.applied', { count: count('in') })] : []),
    ...(count('held') > 0 ? [t('exchange.file.now-held', { count: count('held') })] : []),
    ...(count('moved') > 0 ? [t('exchange.file.moved', { count: count('moved') })] : []),
    ...(count('back') > 0 ? [t('exchange.file.taken-back')] : []),
    ...(count('left') > 0 ? [t('exchange.file.left', { count: count('left') })] : []),
    ...(count('columns') > 0 ? [t('exchange.feed.columns-kept')] : []),
    ...(count('saved') > 0 ? [t('exchange.feed.saved')] : []),
  ]
  return parts.length === 0 ? null : parts.join(' ')
}
