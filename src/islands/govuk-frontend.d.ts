/** The parts of govuk-frontend that we start; the package ships no types. */
declare module 'govuk-frontend' {
  interface Component {
    readonly moduleName: string
  }
  export const Button: Component
  export const CharacterCount: Component
  export const Checkboxes: Component
  export const ErrorSummary: Component
  export const NotificationBanner: Component
  export const PasswordInput: Component
  export const SkipLink: Component
  /** Starts a component on every element that asks for it; one that fails leaves the others alone. */
  export function createAll(component: Component): unknown
}
