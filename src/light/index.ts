export { besideLinks, linksAsked } from './aside.view.tsx'
export { enterByCode, type LinkDoor, onLetter, type OpenLetter } from './letter.actions.ts'
export { endLink, makeLink, officeKeyCells, prepareLink, spokenCode } from './link.actions.ts'
export { newestLink } from './link.store.ts'
