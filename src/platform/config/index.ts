export { logins, type Config, type ConfigRefusal, type Login, type Pack } from './config.ts'
export { readConfig } from './read-config.ts'
export { watchParent } from './watch-parent.ts'
