/** Addresses of forms. They hold ids and nothing that tells. */
export const paths = {
  forms: '/forms',
  bring: '/forms/bring',
  form: '/forms/:form',
  about: '/forms/:form/about',
  item: '/forms/:form/item',
  preview: '/forms/:form/preview',
  publish: '/forms/:form/publish',
  state: '/forms/:form/state',
  version: '/forms/:form/versions/:version',
  file: '/forms/:form/versions/:version/file',
  ofCase: '/cases/:id/forms',
  fill: '/cases/:id/forms/new/:form',
  filled: '/cases/:id/forms/:filled',
  change: '/cases/:id/forms/:filled/change',
  data: '/cases/:id/forms/:filled/data',
} as const

/** The address of a page about one form. */
export function formPath(
  page: 'form' | 'about' | 'item' | 'preview' | 'publish' | 'state',
  formId: string,
): string {
  return paths[page].replace(':form', formId)
}

/** The address of a published version, or of its file. */
export function versionPath(page: 'version' | 'file', formId: string, version: number): string {
  return paths[page].replace(':form', formId).replace(':version', String(version))
}

/** The address of a section or question of a form; a new one is named by its kind and where it goes. */
export function itemPath(formId: string, query: Readonly<Record<string, string>>): string {
  return `${formPath('item', formId)}?${new URLSearchParams(query).toString()}`
}

/** The forms of a case, and where one of the agency's is filled in. */
export function casesFormPath(page: 'ofCase' | 'fill', caseId: string, formId = ''): string {
  return paths[page].replace(':id', caseId).replace(':form', formId)
}

/** The address of a filled form. */
export function filledPath(page: 'filled' | 'change' | 'data', caseId: string, id: string): string {
  return paths[page].replace(':id', caseId).replace(':filled', id)
}
