import type { Words } from '#platform/i18n'
import { TextArea } from '#platform/ui'

/** Who at the recipient must not be shown it: names as the person said them, tried there and nowhere else. */
export function NotFor(p: {
  readonly t: Words
  readonly to: string
  readonly typed: string | undefined
  readonly error: string | undefined
  /** Where several stand on one page. */
  readonly id?: string | undefined
}) {
  return (
    <TextArea
      name="not-for"
      label={p.t('releases.sending.send.not-for', { to: p.to })}
      hint={p.t('releases.sending.send.not-for-hint')}
      value={p.typed ?? ''}
      error={p.error}
      rows={2}
      id={p.id}
    />
  )
}
