const windowMilliseconds = 5_000
const pressesNeeded = 3

/**
 * Leaves at once: by a click, or by pressing Shift three times, each press within five seconds of the one before.
 * The page is blanked before the browser is asked to go, so that a slow network shows nothing.
 */
export class ExitThisPage extends HTMLElement {
  #presses = 0
  #shiftWasModifier = false
  #timer: number | undefined
  #status: HTMLElement | undefined
  #lights: readonly HTMLElement[] = []
  #left = false

  connectedCallback(): void {
    const link = this.querySelector('a')
    if (!link || this.#status) return
    link.addEventListener('click', (event) => {
      event.preventDefault()
      this.#leave(link.href)
    })
    this.#lights = addLights(link)
    this.#status = addStatus(this)
    document.addEventListener('keydown', this.#onKeyDown, true)
    document.addEventListener('pointerdown', this.#onPointerDown, true)
    document.addEventListener('keyup', (event) => this.#onKeyUp(event, link.href), true)
    window.addEventListener('pageshow', (event) => {
      // Back from memory: what was on the page must not be seen again without asking the server.
      if (!event.persisted) return
      this.#blank()
      location.reload()
    })
  }

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    // A letter typed while Shift is held makes it a modifier, also when Shift comes up last.
    if (event.key !== 'Shift') this.#shiftWasModifier = event.shiftKey
  }

  readonly #onPointerDown = (event: PointerEvent): void => {
    this.#shiftWasModifier = event.shiftKey
  }

  #onKeyUp(event: KeyboardEvent, href: string): void {
    if (event.key !== 'Shift') {
      if (!event.shiftKey) this.#shiftWasModifier = false
      if (this.#presses > 0) this.#expire()
      return
    }
    if (this.#shiftWasModifier || event.ctrlKey || event.altKey || event.metaKey) {
      this.#shiftWasModifier = false
      if (this.#presses > 0) this.#expire()
      return
    }
    this.#presses += 1
    this.#show()
    clearTimeout(this.#timer)
    if (this.#presses >= pressesNeeded) {
      this.#leave(href)
      return
    }
    this.#say(this.#presses === 1 ? this.dataset['twoMore'] : this.dataset['oneMore'])
    this.#timer = window.setTimeout(() => this.#expire(), windowMilliseconds)
  }

  #expire(): void {
    clearTimeout(this.#timer)
    this.#presses = 0
    this.#show()
    this.#say(this.dataset['timedOut'])
    this.#timer = window.setTimeout(() => this.#say(''), windowMilliseconds)
  }

  #leave(href: string): void {
    if (this.#left) return
    this.#left = true
    clearTimeout(this.#timer)
    this.#blank()
    location.replace(href)
  }

  #blank(): void {
    document.title = this.dataset['title'] ?? ''
    const overlay = document.createElement('div')
    overlay.className = 'app-exit-overlay'
    overlay.setAttribute('role', 'alert')
    document.body.replaceChildren(overlay)
    // The words come after the alert is in place: screen readers read only what changes inside it.
    overlay.textContent = this.dataset['loading'] ?? ''
  }

  #say(text: string | undefined): void {
    if (this.#status) this.#status.textContent = text ?? ''
  }

  #show(): void {
    this.#lights[0]?.parentElement?.classList.toggle(
      'govuk-exit-this-page__indicator--visible',
      this.#presses > 0,
    )
    this.#lights.forEach((light, index) => {
      light.classList.toggle('govuk-exit-this-page__indicator-light--on', index < this.#presses)
    })
  }
}

function addLights(link: HTMLElement): readonly HTMLElement[] {
  const box = document.createElement('div')
  box.className = 'govuk-exit-this-page__indicator'
  box.setAttribute('aria-hidden', 'true')
  const lights = Array.from({ length: pressesNeeded }, () => {
    const light = document.createElement('div')
    light.className = 'govuk-exit-this-page__indicator-light'
    return light
  })
  box.append(...lights)
  link.append(box)
  return lights
}

function addStatus(host: HTMLElement): HTMLElement {
  const status = document.createElement('span')
  status.setAttribute('role', 'status')
  status.className = 'govuk-visually-hidden'
  host.append(status)
  return status
}
