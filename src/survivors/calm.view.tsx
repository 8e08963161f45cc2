import { type Content, PageHeading, PublicPage } from '#platform/ui'
import type { Words } from '#platform/i18n'

import { openPaths } from './paths.ts'

/** A calm open page: one heading, short parts, and the same few links at the end. */
export function OpenPage(p: { readonly t: Words; readonly title: string; readonly children?: Content }) {
  return (
    <PublicPage t={p.t} title={p.title}>
      <PageHeading>{p.title}</PageHeading>
      {p.children}
      <OpenLinks t={p.t} />
    </PublicPage>
  )
}

/** A part of an open page: its heading and its text. */
export function Part(p: { readonly title: string; readonly text?: string; readonly children?: Content }) {
  return (
    <section>
      <h2 class="govuk-heading-m">{p.title}</h2>
      {p.text === undefined ? null : <Prose text={p.text} />}
      {p.children}
    </section>
  )
}

/** Text of a catalogue as paragraphs: blank lines part them, lines that begin with a dash make a list. */
export function Prose({ text }: { readonly text: string }) {
  return (
    <>
      {text
        .split('\n\n')
        .map((block) => (block.startsWith('- ') ? <List block={block} /> : <Lines block={block} />))}
    </>
  )
}

function List({ block }: { readonly block: string }) {
  return (
    <ul class="govuk-list govuk-list--bullet">
      {block.split('\n').map((line) => (
        <li>{line.replace(/^- /, '')}</li>
      ))}
    </ul>
  )
}

function Lines({ block }: { readonly block: string }) {
  const [first, ...rest] = block.split('\n')
  return (
    <p class="govuk-body">
      {first}
      {rest.map((line) => (
        <>
          <br />
          {line}
        </>
      ))}
    </p>
  )
}

function OpenLinks({ t }: { readonly t: Words }) {
  const links = Object.entries(openPaths).map(([name, href]) => ({
    href,
    text: t(`survivors.links.${name}`),
  }))
  return (
    <nav aria-label={t('survivors.links.label')}>
      <hr class="govuk-section-break govuk-section-break--l govuk-section-break--visible" />
      <ul class="govuk-list">
        {links.map((link) => (
          <li>
            <a class="govuk-link" href={link.href}>
              {link.text}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
