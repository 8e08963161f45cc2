import { classes, type Content } from './markup.ts'
import { Button, Tag, type TagColour } from './blocks.tsx'
import { Input } from './fields.tsx'
import { useWords } from './words.ts'

/** A line of a working list: the whole line leads to `href`. */
export interface DenseItem {
  readonly href: string
  readonly title: Content
  /** What the eye scans for after the title: state, who, since when. */
  readonly meta?: Content
  readonly tag?: Content | { readonly text: Content; readonly colour?: TagColour | undefined } | undefined
  /** Bold until somebody looked. */
  readonly fresh?: boolean | undefined
}

/** A calm, dense list for people who work through it; `empty` is said instead of an empty list. */
export function DenseList(p: { readonly items: readonly DenseItem[]; readonly empty: Content }) {
  if (p.items.length === 0) return <p class="govuk-body app-muted">{p.empty}</p>
  const apart = tellApart(p.items)
  return (
    <ul class="app-dense">
      {p.items.map((item, at) => (
        <li class={classes('app-dense__item', item.fresh && 'app-dense__item--fresh')}>
          <div class="app-dense__main">
            <a class="govuk-link app-dense__title" href={item.href}>
              {item.title}
              {apart[at]}
            </a>
            {item.meta ? <div class="app-dense__meta">{item.meta}</div> : null}
          </div>
          {item.tag ? <div class="app-dense__tag">{tagOf(item.tag)}</div> : null}
        </li>
      ))}
    </ul>
  )
}

/** Links that read the same are told apart for who hears them alone: by the line's own details, then by their number. */
function tellApart(items: readonly DenseItem[]): readonly Content[] {
  const seen = new Map<string, number>()
  const titles = items.map((item) => plain(item.title))
  return items.map((item, at) => {
    const title = titles[at] ?? ''
    if (title === '' || titles.filter((each) => each === title).length < 2) return null
    const told = plain(item.meta)
    const full = `${title}\n${told}`
    const before = seen.get(full) ?? 0
    seen.set(full, before + 1)
    const more = [told, before === 0 ? '' : `${before + 1}`].filter((part) => part !== '').join(', ')
    return more === '' ? null : <span class="govuk-visually-hidden">, {more}</span>
  })
}

function plain(content: Content): string {
  return typeof content === 'string' ? content : ''
}

function tagOf(tag: NonNullable<DenseItem['tag']>): Content {
  if (typeof tag === 'string') return <Tag>{tag}</Tag>
  if (typeof tag === 'object' && 'text' in tag) return <Tag colour={tag.colour}>{tag.text}</Tag>
  return tag
}

/** What happened, newest first or oldest first as given. `when` is text; `machineTime` its ISO form. */
export interface TimelineItem {
  readonly when: Content
  readonly machineTime?: string | undefined
  readonly what: Content
  readonly who?: Content
  readonly more?: Content
}

/** What happened, one line each. */
export function Timeline({ items }: { readonly items: readonly TimelineItem[] }) {
  return (
    <ol class="app-timeline">
      {items.map((item) => (
        <li class="app-timeline__item">
          <div class="app-timeline__what">{item.what}</div>
          <div class="app-timeline__meta">
            <time datetime={item.machineTime}>{item.when}</time>
            {item.who ? <span class="app-timeline__who">{item.who}</span> : null}
          </div>
          {item.more ? <div class="app-timeline__more">{item.more}</div> : null}
        </li>
      ))}
    </ol>
  )
}

/** A step of a task. */
export interface Step {
  readonly text: Content
  readonly href?: string | undefined
  readonly state: 'done' | 'current' | 'next'
}

/** Where somebody is in a task of several pages. */
export function StepList({ label, steps }: { readonly label: string; readonly steps: readonly Step[] }) {
  const t = useWords()
  return (
    <nav class="app-steps" aria-label={label}>
      <ol class="app-steps__list">
        {steps.map((step) => (
          <li
            class={`app-steps__item app-steps__item--${step.state}`}
            aria-current={step.state === 'current' ? 'step' : undefined}
          >
            <span class="govuk-visually-hidden">{t(`ui.steps.${step.state}`)}: </span>
            {step.href && step.state !== 'current' ? (
              <a class="govuk-link" href={step.href}>
                {step.text}
              </a>
            ) : (
              <span>{step.text}</span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  )
}

/** Nothing here yet, and what would put something here. */
export function EmptyState({ title, children }: { readonly title: Content; readonly children?: Content }) {
  return (
    <div class="app-empty">
      <h2 class="govuk-heading-m">{title}</h2>
      {children ? <div class="app-empty__body">{children}</div> : null}
    </div>
  )
}

/** Finds a name by POST, so that no name comes into an address or a history. */
export function SearchBox(p: {
  readonly action: string
  readonly name: string
  readonly label?: string | undefined
}) {
  const t = useWords()
  return (
    <form class="app-search" method="post" action={p.action} role="search">
      <Input
        name={p.name}
        id="search-box"
        label={p.label ?? t('ui.page.search')}
        labelHidden
        type="search"
        spellcheck={false}
        attributes={{ placeholder: p.label ?? t('ui.page.search') }}
      />
      <Button variant="secondary">{t('ui.page.search-go')}</Button>
    </form>
  )
}
