export { codeAt, newAuthenticator, openAuthenticator, sealAuthenticator, stepOf } from './authenticator.ts'
export { tellFailures } from './failures.ts'
export { loginHash } from './login.ts'
export {
  countFailure,
  delayOf,
  endSession,
  passCode,
  passPassword,
  pendingSession,
  setFirstAuthenticator,
  signInMaterial,
  type SignInRefusal,
  startSession,
  type Wait,
} from './sign-in.ts'
