/** A button that copies the text of the element named by `for`; where the clipboard is closed, it marks the text. */
export class CopyText extends HTMLElement {
  connectedCallback(): void {
    if (this.firstElementChild) return
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'govuk-button govuk-button--secondary app-copy__button'
    button.textContent = this.dataset['copy'] ?? ''
    const status = document.createElement('span')
    status.setAttribute('role', 'status')
    status.className = 'app-copy__status'
    button.addEventListener('click', () => {
      void this.#copy().then((copied) => {
        status.textContent = (copied ? this.dataset['copied'] : this.dataset['failed']) ?? ''
      })
    })
    this.append(button, status)
  }

  async #copy(): Promise<boolean> {
    const source = document.getElementById(this.getAttribute('for') ?? '')
    if (!source) return false
    try {
      await navigator.clipboard.writeText(source.innerText.trim())
      return true
    } catch {
      getSelection()?.selectAllChildren(source)
      source.focus()
      return false
    }
  }
}
