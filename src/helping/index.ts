export { helpersInFile } from './file.view.ts'
export { helpingSection } from './section.view.tsx'
