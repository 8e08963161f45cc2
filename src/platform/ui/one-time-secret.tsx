import { create } from 'qrcode'

import type { Content } from './markup.ts'
import { useWords } from './words.ts'

/** A secret shown once: to read, to copy, and (with `qr`) to scan with an authenticator. */
export function OneTimeSecret(p: {
  readonly label: Content
  readonly secret: string
  /** What the square code holds, if that differs from the secret: an otpauth address. */
  readonly qr?: string | undefined
  readonly id?: string | undefined
  readonly children?: Content
}) {
  const t = useWords()
  const id = p.id ?? 'one-time-secret'
  return (
    <section class="app-secret" aria-labelledby={`${id}-label`}>
      {p.qr ? <QrCode text={p.qr} label={t('ui.secret.picture')} /> : null}
      <div class="app-secret__body">
        <p class="govuk-body-s app-secret__label" id={`${id}-label`}>
          {p.label}
        </p>
        <p class="app-secret__text" id={id} translate="no">
          {p.secret}
        </p>
        <copy-text
          for={id}
          data-copy={t('ui.secret.copy')}
          data-copied={t('ui.record.copied')}
          data-failed={t('ui.record.failed')}
        />
        <p class="govuk-body-s app-muted">{t('ui.secret.once')}</p>
        {p.children}
      </div>
    </section>
  )
}

/** A square code drawn as one path: no style attributes, no request to anywhere. */
export function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const { modules } = create(text, { errorCorrectionLevel: 'M' })
  const quiet = 4
  const side = modules.size + 2 * quiet
  const dark: string[] = []
  for (let y = 0; y < modules.size; y += 1) {
    for (let x = 0; x < modules.size; x += 1) {
      if (modules.get(y, x)) dark.push(`M${x + quiet} ${y + quiet}h1v1h-1z`)
    }
  }
  return (
    <svg
      class="app-qr"
      viewBox={`0 0 ${side} ${side}`}
      role="img"
      aria-label={label}
      shape-rendering="crispEdges"
    >
      <path class="app-qr__paper" d={`M0 0h${side}v${side}h-${side}z`} />
      <path class="app-qr__ink" d={dark.join('')} />
    </svg>
  )
}
