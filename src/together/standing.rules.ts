import type { StoredRelease } from '#releases'

/** How far one person's step is before it goes: the talk, the signature, the last button. */
export type Stage = 'talk' | 'sign' | 'ready' | 'sent' | 'put-away'

/** Who still has to do what, from the permission alone. A step that was put away keeps its place until it is taken out. */
export function stageOf(release: StoredRelease | null, sent: boolean): Stage {
  if (sent) return 'sent'
  if (release === null || release.state !== 'draft') return 'put-away'
  if (!release.kept.talked) return 'talk'
  return release.kept.release.signatures.length === 0 ? 'sign' : 'ready'
}
