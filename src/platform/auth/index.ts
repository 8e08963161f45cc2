export { codeAt, newAuthenticator, openAuthenticator, sealAuthenticator, stepOf } from './authenticator.ts'
export { loginHash } from './login.ts'
export {
  endSession,
  passCode,
  passPassword,
  pendingSession,
  setFirstAuthenticator,
  signInMaterial,
  type SignInRefusal,
  startSession,
} from './sign-in.ts'
