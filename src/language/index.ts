export { AboutText } from './about-text.view.tsx'
export { askOnce, posted as wordingFields } from './ask-once.ts'
export { paths as languagePaths } from './paths.ts'
