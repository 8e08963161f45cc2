export { addPaper, paperCells, papersOf } from './paper.actions.ts'
export { papersSection } from './section.view.tsx'
export { paperText } from './line.view.ts'
