export { endExpired } from './end-expired.ts'
export { prepareQueues, queues } from './queues.ts'
export { actsOf, type JobParts, runJobs } from './run.ts'
