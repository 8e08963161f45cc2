const activity = ['pointerdown', 'keydown', 'scroll', 'touchstart'] as const

/**
 * Says shortly before the session ends that it will. Staying asks the server for `data-stay-path`, which any signed-in
 * page answers; without JavaScript nothing is lost, since a form sent later comes back whole after signing in.
 */
export class IdleWarning extends HTMLElement {
  #timer: number | undefined
  #askedServerAt = Date.now()

  connectedCallback(): void {
    this.#wait()
    // Only the server's clock counts, and it does not see somebody type: so activity asks it, rarely.
    for (const kind of activity)
      document.addEventListener(kind, this.#onActivity, { passive: true, capture: true })
  }

  disconnectedCallback(): void {
    clearTimeout(this.#timer)
    for (const kind of activity) document.removeEventListener(kind, this.#onActivity, { capture: true })
  }

  readonly #onActivity = (): void => {
    const minutesSince = (Date.now() - this.#askedServerAt) / 60_000
    if (minutesSince >= this.#minutes / 2) this.#stay()
  }

  get #minutes(): number {
    return Number(this.dataset['afterMinutes'] ?? 13)
  }

  #wait(): void {
    clearTimeout(this.#timer)
    this.#timer = window.setTimeout(() => this.#warn(), this.#minutes * 60_000)
  }

  #stay(): void {
    this.#askedServerAt = Date.now()
    this.replaceChildren()
    this.#wait()
    const path = this.dataset['stayPath']
    if (path)
      void fetch(path, { method: 'HEAD', cache: 'no-store', redirect: 'manual' }).catch(() => undefined)
  }

  #warn(): void {
    const box = document.createElement('div')
    box.className = 'app-idle'
    box.setAttribute('role', 'alertdialog')
    box.setAttribute('aria-labelledby', 'idle-title')
    box.setAttribute('aria-describedby', 'idle-body')
    const title = Object.assign(document.createElement('h2'), {
      id: 'idle-title',
      className: 'govuk-heading-s',
      textContent: this.dataset['title'] ?? '',
    })
    const body = Object.assign(document.createElement('p'), {
      id: 'idle-body',
      className: 'govuk-body',
      textContent: this.dataset['body'] ?? '',
    })
    const stay = Object.assign(document.createElement('button'), {
      type: 'button',
      className: 'govuk-button',
      textContent: this.dataset['stay'] ?? '',
    })
    stay.addEventListener('click', () => this.#stay())
    box.append(title, body, stay)
    this.replaceChildren(box)
  }
}
