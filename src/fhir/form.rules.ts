import type { Questionnaire, QuestionnaireResponse } from '@medplum/fhirtypes'

import { type FormBody, questionnaireOf, responseOf } from '#intake'
import { ownSystem } from './coding.rules.ts'
import { labelsOf } from './label.rules.ts'

type Identity = Parameters<typeof questionnaireOf>[1]
type Version = Parameters<typeof responseOf>[0]
type Filled = Parameters<typeof responseOf>[1]

/**
 * Whether the wording of a form may be given to others. That an agency may use a form is no leave to publish it, so only what was made
 * here goes out; one that came in, or that says whose it is, stays.
 */
export function mayPublish(body: Pick<FormBody, 'origin' | 'licence' | 'kept'>): boolean {
  return body.origin === null && body.licence === null && body.kept['copyright'] === undefined
}

/** A form of our own as a Questionnaire; null where its wording is somebody else's. */
export function questionnaireIn(body: FormBody, identity: Identity, demo: boolean): Questionnaire | null {
  if (!mayPublish(body)) return null
  return {
    ...(questionnaireOf(body, identity) as object as Questionnaire),
    meta: { security: labelsOf(['directory-public'], demo) },
  }
}

/** A filled form of a case; null where the wording of its questions is somebody else's, as the answers repeat it. */
export function responseIn(
  form: Version,
  filled: Filled,
  of: { readonly caseId: string; readonly demo: boolean },
): QuestionnaireResponse | null {
  if (!mayPublish(form.body)) return null
  return {
    ...(responseOf(form, filled) as object as QuestionnaireResponse),
    meta: { security: labelsOf(['abuse-disclosure-or-risk'], of.demo) },
    subject: { type: 'Patient', identifier: { system: ownSystem('case'), value: `urn:uuid:${of.caseId}` } },
  }
}
