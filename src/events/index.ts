export { sendEvents } from './send.actions.ts'
export { eventsStopped } from './stopped.view.tsx'
