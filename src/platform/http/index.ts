export { assetRoutes } from './assets.ts'
export { requestLimits } from './body.ts'
export { CARRIED_LENGTH, type CarriedForm, CARRYING_BYTES, openForm, sealForm } from './carry.ts'
export { cookieName, expireCookie, expireCookies, giveCookie, readCookie } from './cookies.ts'
export { sameSiteOnly } from './cross-site.ts'
export { type AppEnv, edge, type EdgeConfig, type ProblemPage, type ProblemView } from './env.ts'
export { onFault } from './fault.ts'
export { fewAtOnce } from './few-at-once.ts'
export { dateField } from './form-fields.ts'
export {
  fieldErrors,
  type FieldErrors,
  type FormResult,
  type FormValues,
  readForm,
  readFields,
  readPosted,
} from './form.ts'
export { securityHeaders } from './headers.ts'
export { healthRoutes, type ReadyCheck } from './health.ts'
export { hostAllowList } from './hosts.ts'
export { exitSites, leavePath, leaveRoutes } from './leave.ts'
export { delayAfter, type RateGuard, rateGuard, rateGuards } from './limits.ts'
export { localPath } from './local-path.ts'
export { accessLog, createLog, type Log } from './log.ts'
export {
  allowBody,
  answersProblems,
  forPrograms,
  openAnswers,
  openRead,
  provesItself,
  routeTemplate,
} from './marks.ts'
export { loadOnceMore } from './once-more.ts'
export { plainFileRoutes } from './plain-files.ts'
export { notFound, Problem, problem, type ProblemCode } from './problem.ts'
export { type Listening, serveApp } from './serve.ts'
export { wording } from './wording.ts'
export { httpWords } from './words.ts'
export { needs, permissionOf, publicDb, withSite } from './needs.ts'
export { needsClient, requestsPerMinute } from './needs-client.ts'
export type { ClientEnv, MemberEnv, NavEntry, PublicEnv, Room, Site, SiteEnv } from './site.ts'
export { readUpload, type Uploaded, type UploadRefused } from './upload.ts'
export { asTyped, dateOf, listOf, textOf } from './typed.ts'
export { pageOf } from './page-number.ts'
