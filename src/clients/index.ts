export { makeClient, revokeClient } from './client.actions.ts'
