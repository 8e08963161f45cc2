import { readFileSync } from 'node:fs'

import { raw } from 'hono/html'
import type { FC } from 'hono/jsx'
import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5'
import { describe, expect, test } from 'vitest'

import { GovukButton } from './govuk-button.tsx'
import { GovukCheckboxes, GovukRadios } from './govuk-choices.tsx'
import { GovukDateInput } from './govuk-date-input.tsx'
import { GovukInput, GovukPasswordInput } from './govuk-input.tsx'
import { GovukErrorMessage, GovukFieldset, GovukHint, GovukLabel } from './govuk-label.tsx'
import { GovukSummaryList, GovukTable } from './govuk-lists.tsx'
import {
  GovukDetails,
  GovukErrorSummary,
  GovukInsetText,
  GovukNotificationBanner,
  GovukPanel,
  GovukTag,
  GovukWarningText,
} from './govuk-messages.tsx'
import {
  GovukBackLink,
  GovukBreadcrumbs,
  GovukExitThisPage,
  GovukPagination,
  GovukSkipLink,
} from './govuk-navigation.tsx'
import { GovukFileUpload, GovukSelect } from './govuk-select.tsx'
import { GovukCharacterCount, GovukTextarea } from './govuk-textarea.tsx'

/** How many of the hidden examples must be met, of each hundred. */
const hiddenShare = 100

const ported: Readonly<Record<string, unknown>> = {
  'back-link': GovukBackLink,
  breadcrumbs: GovukBreadcrumbs,
  button: GovukButton,
  'character-count': GovukCharacterCount,
  checkboxes: GovukCheckboxes,
  'date-input': GovukDateInput,
  details: GovukDetails,
  'error-message': GovukErrorMessage,
  'error-summary': GovukErrorSummary,
  'exit-this-page': GovukExitThisPage,
  fieldset: GovukFieldset,
  'file-upload': GovukFileUpload,
  hint: GovukHint,
  input: GovukInput,
  'inset-text': GovukInsetText,
  label: GovukLabel,
  'notification-banner': GovukNotificationBanner,
  pagination: GovukPagination,
  panel: GovukPanel,
  'password-input': GovukPasswordInput,
  radios: GovukRadios,
  select: GovukSelect,
  'skip-link': GovukSkipLink,
  'summary-list': GovukSummaryList,
  table: GovukTable,
  tag: GovukTag,
  textarea: GovukTextarea,
  'warning-text': GovukWarningText,
}

interface Fixture {
  readonly name: string
  readonly options: Record<string, unknown>
  readonly html: string
  readonly hidden: boolean
}

const hidden: { readonly name: string; readonly met: boolean }[] = []

describe.each(Object.entries(ported))('%s', (name, component) => {
  const Component = component as FC<Record<string, unknown>>
  test.each(fixturesOf(name).filter((f) => !f.hidden))('$name', ({ options, html }) => {
    expect(tree(markup(<Component {...coreOptions(options, name)} />))).toEqual(tree(html))
  })
  for (const { name: example, options, html } of fixturesOf(name).filter((f) => f.hidden)) {
    hidden.push({ name: `${name}: ${example}`, met: meets(Component, coreOptions(options, name), html) })
  }
})

test('the hidden examples', () => {
  const unmet = hidden.filter((h) => !h.met).map((h) => h.name)
  expect(100 - (100 * unmet.length) / hidden.length, unmet.join('\n')).toBeGreaterThanOrEqual(hiddenShare)
})

function fixturesOf(component: string): readonly Fixture[] {
  const url = new URL(
    `../../../node_modules/govuk-frontend/dist/govuk/components/${component}/fixtures.json`,
    import.meta.url,
  )
  return (JSON.parse(readFileSync(url, 'utf8')) as { fixtures: Fixture[] }).fixtures
}

/** The package's options as our cores take them: one content where it has `text` and `html`. */
function coreOptions(options: Record<string, unknown>, component: string): Record<string, unknown> {
  const core = { ...usual[component], ...(translate(options) as Record<string, unknown>) }
  const asChildren = ['fieldset', 'notification-banner'].includes(component)
  return asChildren && options['html'] ? { ...core, text: undefined, children: core['text'] } : core
}

/** What the package assumes and our types ask for. */
const usual: Readonly<Record<string, Record<string, unknown>>> = {
  'exit-this-page': { redirectUrl: 'https://www.bbc.co.uk/weather' },
  select: { items: [] },
}

const renamed: Readonly<Record<string, string>> = {
  beforeInput: 'before',
  beforeInputs: 'before',
  afterInput: 'after',
  afterInputs: 'after',
  titleText: 'title',
  descriptionText: 'description',
  summaryText: 'summary',
}

function translate(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(translate)
  if (typeof value !== 'object' || value === null) return value
  const out: Record<string, unknown> = {}
  for (const [key, inner] of Object.entries(value)) {
    const name = renamed[key] ?? key
    if (key === 'html' || key.endsWith('Html')) continue
    if (key === 'attributes' || key.endsWith('Attributes')) out[name] = attributesOf(inner)
    else if (key === 'conditional')
      out[name] = (translate(inner) as Record<string, unknown> | undefined)?.['text']
    else if (name === 'before' || name === 'after')
      out[name] = (translate(inner) as Record<string, unknown>)['text']
    else out[name] = translate(inner)
  }
  for (const [key, inner] of Object.entries(value)) {
    if (typeof inner !== 'string' || !inner) continue
    if (key === 'html') out['text'] = raw(inner)
    else if (key.endsWith('Html')) out[key.slice(0, -'Html'.length)] = raw(inner)
  }
  return out
}

function attributesOf(given: unknown): unknown {
  return Object.fromEntries(
    Object.entries((given ?? {}) as Record<string, unknown>).flatMap(([name, item]) => {
      if (typeof item !== 'object' || item === null) return [[name, item ?? '']]
      const { value, optional } = item as { value: unknown; optional?: boolean }
      if (!optional) return [[name, value ?? '']]
      if (value === null || value === undefined || value === false) return []
      return [[name, value === true ? '' : value]]
    }),
  )
}

function markup(element: unknown): string {
  return String(element)
}

type Tree = string | readonly [string, Readonly<Record<string, string>>, ...Tree[]]

/** An example that leaves out what our types demand cannot be rendered: it counts as not met. */
function meets(
  Component: FC<Record<string, unknown>>,
  options: Record<string, unknown>,
  html: string,
): boolean {
  try {
    return JSON.stringify(tree(markup(<Component {...options} />))) === JSON.stringify(tree(html))
  } catch {
    return false
  }
}

/** A document as nested lists: attributes sorted, insignificant white space gone. */
function tree(html: string): readonly Tree[] {
  return branches(parseFragment(html))
}

type Node = DefaultTreeAdapterTypes.ChildNode

function branches(node: { readonly childNodes: readonly Node[] }, exact = false): readonly Tree[] {
  return node.childNodes.flatMap((child): readonly Tree[] => {
    if (child.nodeName === '#comment') return []
    if ('value' in child) {
      const text = exact ? child.value : child.value.replace(/\s+/g, ' ').trim()
      return text ? [text] : []
    }
    if (!('attrs' in child)) return []
    const attributes = child.attrs
      .map(({ name, value }): [string, string] => [name, value.replace(/\s+/g, ' ').trim()])
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
    return [[child.tagName, Object.fromEntries(attributes), ...branches(child, child.tagName === 'textarea')]]
  })
}
