const quietMilliseconds = 400

/** Looks again whenever the form around it changes: the same address as the button, the same answer. */
export class LiveLook extends HTMLElement {
  #timer: number | undefined
  #asked: AbortController | undefined
  #status: HTMLElement | undefined
  /** The sentence that was made last. */
  #made = ''

  connectedCallback(): void {
    const form = this.closest('form')
    if (!form || this.#status) return
    this.#status = document.createElement('p')
    this.#status.className = 'govuk-visually-hidden'
    this.#status.setAttribute('role', 'status')
    this.append(this.#status)
    this.#made = this.querySelector('[data-sentence]')?.textContent.trim() ?? ''
    form.addEventListener('input', (event) => {
      // The sentence, the source and the date change nothing that is looked at.
      if (event.target instanceof HTMLInputElement && /^(is-|from-|to-|first$)/.test(event.target.name))
        this.#soon(form)
    })
  }

  #soon(form: HTMLFormElement): void {
    clearTimeout(this.#timer)
    this.#timer = window.setTimeout(() => void this.#look(form), quietMilliseconds)
  }

  async #look(form: HTMLFormElement): Promise<void> {
    this.#asked?.abort()
    const asked = new AbortController()
    this.#asked = asked
    const body = new URLSearchParams()
    for (const [name, value] of new FormData(form)) if (typeof value === 'string') body.append(name, value)
    body.set('act', 'look')
    try {
      const answer = await fetch(form.action, { method: 'POST', body, signal: asked.signal })
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
      this.#show(form, answer.ok ? page.getElementById('look-says') : null)
    } catch {
      if (!asked.signal.aborted) this.#show(form, null)
    }
  }

  #show(form: HTMLFormElement, fresh: Element | null): void {
    const shown = this.querySelector('#look-says')
    const stale = this.dataset['stale'] ?? ''
    if (!shown || !this.#status) return
    if (fresh === null) {
      shown.textContent = stale
      this.#status.textContent = stale
      return
    }
    shown.replaceChildren(...fresh.childNodes)
    this.#status.textContent = shown.querySelector('[data-summary]')?.textContent.trim() ?? ''
    // A sentence of the person's own stays; the one that was made follows.
    const sentence = form.elements.namedItem('sentence')
    const made = shown.querySelector('[data-sentence]')?.textContent.trim() ?? ''
    if (sentence instanceof HTMLTextAreaElement && ['', this.#made].includes(sentence.value.trim()))
      sentence.value = made
    this.#made = made
  }
}
