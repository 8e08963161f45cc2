import { type Advice, adviceFor, ownRows, placesFirst } from '#language/hints'

const quietMilliseconds = 900

/**
 * Says under a field what the wording could say instead, while somebody writes. The text never leaves the page for it; the
 * focus stays where it is; nothing of the text changes. What was shown here is not asked again at saving.
 */
class WordingHints extends HTMLElement {
  #timer: number | undefined
  #field: HTMLTextAreaElement | undefined
  #status: HTMLElement | undefined
  #panel: HTMLElement | undefined
  /** Which rows are on the screen. */
  #shown = ''
  #away = false

  connectedCallback(): void {
    const field = document.getElementById(this.getAttribute('for') ?? '')
    if (!(field instanceof HTMLTextAreaElement) || this.#field) return
    this.#field = field
    this.#status = document.createElement('p')
    this.#status.className = 'govuk-visually-hidden'
    this.#status.setAttribute('role', 'status')
    this.#status.id = `${field.id}-wording`
    this.#panel = document.createElement('div')
    this.append(this.#status, this.#panel)
    field.addEventListener('input', () => this.#soon())
    field.form?.addEventListener('submit', () => this.#answerHere())
    this.#look()
  }

  disconnectedCallback(): void {
    clearTimeout(this.#timer)
  }

  #soon(): void {
    clearTimeout(this.#timer)
    if (!this.#away) this.#timer = window.setTimeout(() => this.#look(), quietMilliseconds)
  }

  #advice(): readonly Advice[] {
    const country = this.dataset['country'] === 'us' ? 'us' : 'uk'
    const severity = this.dataset['severity'] === '1' ? 1 : 2
    const off = this.#text('off').split(' ')
    const own = ownRows(this.#text('own'))
    return adviceFor(this.#field?.value ?? '', { country, severity, off, own })
  }

  #look(): void {
    const advice = this.#advice()
    const rows = rowsOf(advice)
    if (this.#away || rows === this.#shown) return
    this.#show(advice)
    this.#say(advice.length === 0 ? this.#text('none') : this.#found(advice.length))
    this.#shown = rows
  }

  #show(advice: readonly Advice[]): void {
    if (advice.length === 0) {
      this.#panel?.replaceChildren()
      return
    }
    const list = element('ul', 'app-wording__list')
    for (const one of advice) list.append(this.#one(one))
    const away = element(
      'button',
      'govuk-button govuk-button--secondary app-wording__away',
      this.#text('away'),
    )
    away.type = 'button'
    away.addEventListener('click', () => this.#putAway())
    const about = inNewWindow(this.#text('aboutPath'), this.#text('about'))
    const foot = element('div', 'app-wording__foot')
    foot.append(away, about)
    const panel = element('div', 'app-wording')
    panel.setAttribute('role', 'group')
    panel.setAttribute('aria-label', this.#text('title'))
    panel.append(
      element('p', 'app-wording__title', this.#text('title')),
      list,
      element('p', 'app-wording__quote', this.#text('quote')),
      // The way out of the hints comes first by keyboard, and then the ways on.
      foot,
      ...(advice.some((one) => one.blames) ? this.#first() : []),
    )
    this.#panel?.replaceChildren(panel)
  }

  /** Where what was done, and what was done against it, belongs first. */
  #first(): readonly HTMLElement[] {
    const places = placesFirst(location.pathname)
    if (places.length === 0) return []
    const list = element('ul', 'govuk-list')
    for (const { word, href } of places) {
      const item = document.createElement('li')
      item.append(inNewWindow(href, this.#text(word)))
      list.append(item)
    }
    return [element('p', 'app-wording__quote', this.#text('first')), list]
  }

  #one(advice: Advice): HTMLElement {
    const item = element('li', 'app-wording__one')
    const words = element('strong', '', advice.words.map((each) => `“${each}”`).join(', '))
    const instead = element('span', 'app-wording__instead', this.#text('instead'))
    item.append(
      words,
      ` ${advice.why}`,
      document.createElement('br'),
      instead,
      ` ${advice.suggest.join(' ')}`,
    )
    return item
  }

  /** For this text and this page only: nothing remembers it. The button goes, so its focus goes back to the text. */
  #putAway(): void {
    this.#away = true
    this.#panel?.replaceChildren()
    this.#say(this.#text('putAway'))
    this.#field?.focus()
  }

  /** What stands on the screen, or was put away, has been answered; what was typed a moment ago has not. */
  #answerHere(): void {
    const rows = rowsOf(this.#advice())
    const answered = this.#away || (rows !== '' && rows === this.#shown)
    for (const field of this.querySelectorAll('input')) field.disabled = answered
  }

  #found(count: number): string {
    return this.#text(count === 1 ? 'foundOne' : 'foundOther').replace('%{count}', String(count))
  }

  #say(text: string): void {
    if (this.#status && (this.#shown !== '' || text !== this.#text('none'))) this.#status.textContent = text
  }

  #text(name: string): string {
    return this.dataset[name] ?? ''
  }
}

function inNewWindow(href: string, text: string): HTMLAnchorElement {
  const link = element('a', 'govuk-link', text)
  link.href = href
  link.target = '_blank'
  link.rel = 'noopener'
  return link
}

function rowsOf(advice: readonly Advice[]): string {
  return advice.map((one) => `${one.id}:${one.words.join('|')}`).join('\n')
}

function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  className: string,
  text = '',
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name)
  if (className !== '') made.className = className
  made.textContent = text
  return made
}

customElements.define('wording-hints', WordingHints)
