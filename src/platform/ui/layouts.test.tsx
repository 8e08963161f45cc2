import { describe, expect, test } from 'vitest'

import { createWords, type Words } from '#platform/i18n'

import { asset, ErrorSummary, Input, PersonPage, PlainPage, PublicPage, StaffPage, uiWords } from './index.ts'

const wordsFor = createWords([uiWords])
const t = wordsFor({ pack: 'uk' })
const actor = { agencyName: 'Northmere Advocacy', displayName: 'Ash Merrow' }
const errors = { name: 'Write a name' }

function html(element: unknown): string {
  return String(element)
}

function titleOf(page: unknown): string | undefined {
  return /<title>(.*?)<\/title>/.exec(html(page))?.[1]
}

describe('a page of somebody at work', () => {
  test('names itself, the product and the agency', () => {
    const page = html(<StaffPage t={t} actor={actor} title="My work" />)
    expect(page).toMatch(/^<!DOCTYPE html><html lang="en-GB" dir="ltr"/)
    expect(titleOf(page)).toBe('My work – Anydoor')
    expect(page).toContain('Northmere Advocacy')
    expect(page).toContain('action="/sign-out"')
  })

  test('marks where we are', () => {
    const nav = [
      { href: '/work', text: 'My work' },
      { href: '/people', text: 'People' },
    ]
    const page = html(<StaffPage t={t} actor={actor} title="People" nav={nav} current="/people" />)
    expect(page).toContain('href="/people" aria-current="page"')
    expect(page).not.toContain('href="/work" aria-current')
  })

  test('says in its title that something is wrong, and lists it once', () => {
    const page = html(
      <StaffPage t={t} actor={actor} title="Name" errors={errors}>
        <ErrorSummary errors={errors} />
        <Input name="name" label="Name" error={errors.name} />
      </StaffPage>,
    )
    expect(titleOf(page)).toBe('Error: Name – Anydoor')
    expect(page.match(/govuk-error-summary__title/g)).toHaveLength(1)
    expect(page).toContain('href="#name"')
    expect(titleOf(<StaffPage t={t} actor={actor} title="Name" errors={{}} />)).toBe('Name – Anydoor')
  })
})

describe.each([
  ['open', PublicPage],
  ['the person’s own', PersonPage],
  ['plain', PlainPage],
])('a page that tells nothing: %s', (_, Layout) => {
  test('has one neutral title and never names the product', () => {
    const page = html(<Layout t={t} title="Refuge places" errors={errors} />)
    expect(titleOf(page)).toBe('Error: Information')
    expect(page).not.toMatch(/anydoor|Refuge places/i)
  })
})

test('what is typed is shown as text, never as markup', () => {
  const typed = '<img src=x onerror=alert(1)>"&'
  const page = html(
    <StaffPage t={t} actor={{ ...actor, displayName: typed }} title={typed}>
      <Input name="a" label={typed} value={typed} error={typed} />
    </StaffPage>,
  )
  expect(page).not.toContain('<img')
})

test('components speak the reader’s language', () => {
  const spanish = wordsFor({ pack: 'us', lang: 'es' })
  const page = html(<PersonPage t={spanish} title="x" />)
  expect(page).toContain('lang="es-US"')
  expect(page).toContain('Salir de esta página')
  expect(titleOf(page)).toBe('Información')
})

test('a page turns round for readers of Arabic or Hebrew', () => {
  const arabic: Words = Object.assign(() => '', t, { lang: 'ar', dir: 'rtl' as const })
  expect(html(<PublicPage t={arabic} title="x" />)).toContain('dir="rtl"')
})

test('an asset that was never built keeps its plain name', () => {
  expect(asset('nothing.css')).toBe('/assets/nothing.css')
})
