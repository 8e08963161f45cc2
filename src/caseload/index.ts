export { makeNext } from './make.actions.ts'
