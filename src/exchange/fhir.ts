/** Where FHIR is spoken. Read-only, open data, answered to anybody; other sites' pages cannot read it (no CORS). */
export const fhirRoot = '/api/fhir/r4'

/** The version of FHIR that is spoken there. */
export const fhirVersion = '4.0.1'

/** The one format. */
export const fhirJson = 'application/fhir+json; charset=utf-8'
