import { raw } from 'hono/html'

import type { Words } from '#platform/i18n'

import { asset } from './assets.ts'
import { BackLink, ErrorSummary, type Errors, SkipLink, SummaryGivenProvider } from './blocks.tsx'
import { ExitThisPage } from './exit-this-page.tsx'
import { classes, type Content } from './markup.ts'
import { ownWords, WordsProvider } from './words.ts'

/** A link of the staff menu. */
export interface NavItem {
  readonly href: string
  readonly text: Content
  readonly current?: boolean | undefined
}

/** Who is signed in, as far as the masthead shows it. */
export interface StaffIdentity {
  readonly agencyName: string
  readonly displayName: string
}

interface PageProps {
  readonly t: Words
  readonly title: string
  readonly back?: string | { readonly href: string; readonly text?: Content } | undefined
  /** Given, the title says so and the layout lists them above the content. */
  readonly errors?: Errors | undefined
  readonly children?: Content
}

export interface StaffPageProps extends PageProps {
  readonly actor: StaffIdentity
  /** The menu, in order; `current` marks where we are. */
  readonly nav?: readonly NavItem[] | undefined
  /** The address of the current menu item, where `nav` items do not mark themselves. */
  readonly current?: string | undefined
  readonly search?: Content
  /** Lists and boards use the whole width; everything that is read stays narrow. */
  readonly wide?: boolean | undefined
}

/** A page of somebody at work. */
export function StaffPage(p: StaffPageProps) {
  const t = ownWords(p.t)
  return (
    <Document
      t={p.t}
      title={`${p.title} – ${t('ui.page.product')}`}
      errors={p.errors}
      look="app-staff"
      icon="door.svg"
    >
      <SkipLink />
      <header class="app-masthead">
        <div class={classes('govuk-width-container app-masthead__row', p.wide && 'app-wide')}>
          <a class="app-masthead__home" href={staffPaths.home}>
            <Door />
            <span class="app-masthead__names">
              <span class="app-masthead__product">{t('ui.page.product')}</span>
              <span class="app-masthead__agency">{p.actor.agencyName}</span>
            </span>
          </a>
          {p.search ? <div class="app-masthead__search">{p.search}</div> : null}
          <AccountMenu t={t} name={p.actor.displayName} />
        </div>
        {p.nav?.length ? <Menu t={t} nav={p.nav} current={p.current} wide={p.wide} /> : null}
      </header>
      <Body page={p} wide={p.wide} />
      <footer class="app-foot">
        <div class={classes('govuk-width-container', p.wide && 'app-wide')}>
          <a class="govuk-link" href={staffPaths.words}>
            {t('ui.page.words')}
          </a>
        </div>
      </footer>
      <idle-warning
        data-after-minutes="13"
        data-stay-path={staffPaths.home}
        data-title={t('ui.idle.title')}
        data-body={t('ui.idle.body')}
        data-stay={t('ui.idle.stay')}
      />
    </Document>
  )
}

function Door() {
  return (
    <svg class="app-masthead__mark" viewBox="0 0 26 30" aria-hidden="true" focusable="false">
      <path fill="currentColor" d="M4 28V9a7 7 0 0 1 7-7h4a7 7 0 0 1 7 7v19z" />
      <path class="app-masthead__leaf" d="M4 28V9a7 7 0 0 1 7-7l6 5v23z" />
      <circle class="app-masthead__knob" cx="14" cy="18" r="1.5" />
    </svg>
  )
}

/** Addresses that the frame itself leads to. */
export const staffPaths = {
  home: '/home',
  account: '/account',
  signOut: '/sign-out',
  words: '/words',
} as const

function Menu({
  t,
  nav,
  current,
  wide,
}: {
  readonly t: Words
  readonly nav: readonly NavItem[]
  readonly current: string | undefined
  readonly wide: boolean | undefined
}) {
  return (
    <nav class="app-menu" aria-label={t('ui.page.main-menu')}>
      <div class={classes('govuk-width-container', wide && 'app-wide')}>
        <ul class="app-menu__list">
          {nav.map((item) => (
            <li class="app-menu__item">
              <a
                class="app-menu__link"
                href={item.href}
                aria-current={(item.current ?? item.href === current) ? 'page' : undefined}
              >
                {item.text}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </nav>
  )
}

function AccountMenu({ t, name }: { readonly t: Words; readonly name: string }) {
  return (
    <details class="app-account">
      <summary class="app-account__summary">
        <span class="govuk-visually-hidden">{t('ui.page.account-menu')}: </span>
        {name}
      </summary>
      <div class="app-account__box">
        <a class="govuk-link app-account__link" href={staffPaths.account}>
          {t('ui.page.account')}
        </a>
        <form method="post" action={staffPaths.signOut}>
          <button class="govuk-button govuk-button--secondary app-account__out" type="submit">
            {t('ui.page.sign-out')}
          </button>
        </form>
      </div>
    </details>
  )
}

/** A page anybody may read. Its window title never tells what it is about. */
export function PublicPage(p: PageProps) {
  return <CalmPage {...p} />
}

/** A page of the person themself, after a code. Its window title never tells what it is about. */
export function PersonPage(p: PageProps) {
  return <CalmPage {...p} />
}

function CalmPage(p: PageProps) {
  const t = ownWords(p.t)
  return (
    <Document t={p.t} title={t('ui.page.neutral')} errors={p.errors}>
      <header class="app-strip">
        <div class="govuk-width-container app-strip__row">
          <ExitThisPage />
          <span class="app-strip__name">{t('ui.page.neutral')}</span>
        </div>
        <SkipLink />
      </header>
      <Body page={p} />
    </Document>
  )
}

/**
 * A page before anybody is known, on a card: signing in, an error. `staff` shows the product's name and the title;
 * `wide` takes the card away.
 */
export function PlainPage(
  p: PageProps & { readonly staff?: boolean | undefined; readonly wide?: boolean | undefined },
) {
  const t = ownWords(p.t)
  const name = t(p.staff ? 'ui.page.product' : 'ui.page.neutral')
  return (
    <Document
      t={p.t}
      title={p.staff ? `${p.title} – ${name}` : name}
      errors={p.errors}
      look={classes(p.staff && 'app-staff', !p.wide && 'app-plain')}
      icon={p.staff ? 'door.svg' : 'plain.svg'}
    >
      <SkipLink />
      <header class={classes('app-masthead', !p.staff && 'app-masthead--neutral')}>
        <div class="govuk-width-container app-masthead__row">
          {p.staff ? (
            <span class="app-masthead__home">
              <Door />
              <span class="app-masthead__product">{name}</span>
            </span>
          ) : (
            <span class="app-masthead__product">{name}</span>
          )}
        </div>
      </header>
      <Body page={p} />
    </Document>
  )
}

function Body({ page, wide }: { readonly page: PageProps; readonly wide?: boolean | undefined }) {
  const t = ownWords(page.t)
  const back = typeof page.back === 'string' ? { href: page.back } : page.back
  return (
    <div class={classes('govuk-width-container', wide && 'app-wide')}>
      {back ? (
        <nav aria-label={t('ui.page.back')}>
          <BackLink href={back.href}>{back.text}</BackLink>
        </nav>
      ) : null}
      <main class="govuk-main-wrapper" id="main-content" tabindex={-1}>
        <ErrorSummary errors={page.errors} />
        <SummaryGivenProvider value={Boolean(page.errors && Object.keys(page.errors).length)}>
          {page.children}
        </SummaryGivenProvider>
      </main>
    </div>
  )
}

interface DocumentProps {
  readonly t: Words
  readonly title: string
  readonly errors?: Errors | undefined
  readonly look?: string
  readonly icon?: 'door.svg' | 'plain.svg'
  readonly children?: Content
}

function Document({ t, title, errors, look, icon = 'plain.svg', children }: DocumentProps) {
  const own = ownWords(t)
  const bad = errors && Object.keys(errors).length > 0
  return (
    <>
      {doctype}
      <html lang={t.lang} dir={t.dir} class={classes('govuk-template', look)}>
        <head>
          <meta charset="utf-8" />
          <title>{bad ? own('ui.page.error-prefix', { title }) : title}</title>
          <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
          <meta name="color-scheme" content="light dark" />
          <meta name="robots" content="noindex" />
          <link rel="icon" href={asset(icon)} type="image/svg+xml" />
          <link rel="stylesheet" href={asset('app.css')} />
          <script src={asset('app.js')} type="module" />
        </head>
        <body class="govuk-template__body">
          {/* Before anything is painted: what needs JavaScript must not flash up without it. */}
          <script src={asset('early.js')} />
          <WordsProvider value={own}>{children}</WordsProvider>
        </body>
      </html>
    </>
  )
}

// Without it browsers fall back to the layout rules of 1998.
const doctype = raw('<!DOCTYPE html>')
