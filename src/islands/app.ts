import {
  Button,
  CharacterCount,
  Checkboxes,
  createAll,
  ErrorSummary,
  NotificationBanner,
  PasswordInput,
  SkipLink,
} from 'govuk-frontend'

import { CopyText } from './copy-text.ts'
import { ExitThisPage } from './exit-this-page.ts'
import { IdleWarning } from './idle-warning.ts'
import { LiveLook } from './live-look.ts'
import { closeMenusOutside } from './menus.ts'

// First, and before anything that could fail: it is the one thing on the page that somebody may need at once.
customElements.define('exit-this-page', ExitThisPage)
customElements.define('copy-text', CopyText)
customElements.define('idle-warning', IdleWarning)
customElements.define('live-look', LiveLook)
closeMenusOutside()

for (const component of [
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  PasswordInput,
  SkipLink,
]) {
  createAll(component)
}
