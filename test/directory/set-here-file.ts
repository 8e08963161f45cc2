import type { ServiceRecord } from '../../src/directory/listing.ts'

const lantern: ServiceRecord['organization'] = {
  sourceId: 'set-o',
  name: 'Lantern',
  alternateName: null,
  description: '',
  email: null,
  website: null,
  phones: [],
  sector: 'domestic-abuse',
  pack: 'uk',
  mustReport: null,
  trainedUntil: null,
}

function placeOf(code: string, said: 'first' | 'second'): ServiceRecord['locations'][number] {
  return {
    sourceId: `set-l-${code}`,
    confidential: false,
    kind: 'physical',
    region: 'Northshire',
    name: said === 'first' ? 'Lantern House' : 'Lantern Yard',
    description: null,
    transportation: null,
    address1: '9 Willow Bend',
    address2: null,
    city: 'Leeds',
    postalCode: 'LS6 2ZZ',
    country: 'GB',
    latitude: null,
    longitude: null,
  }
}

function offerOf(code: string, said: 'first' | 'second'): ServiceRecord['offer'] {
  const other = said === 'second'
  return {
    practical: {
      access: [other ? 'easy-read' : 'step-free'],
      accessText: `The ${said} door`,
      documents: [`A ${said} pen`],
      insurers: [`The ${said} insurer`],
      diagnosisToPay: other,
      billTo: other ? 'insurer' : 'person',
      survivorLed: other,
    },
    times: [
      {
        what: 'open',
        weekday: other ? 2 : 1,
        opens: '09:00',
        closes: '10:00',
        note: null,
        locationSource: `set-l-${code}`,
      },
    ],
    terms: [other ? 'sector.mental-health' : 'sector.domestic-abuse'],
    contacts: [
      {
        sourceId: `set-c-${code}`,
        name: `Marlow ${said}`,
        role: '',
        purpose: 'other',
        phone: '01632 960003',
        email: null,
        awayFrom: null,
        awayUntil: null,
        coverSource: null,
        confirmedOn: '2026-01-01',
      },
    ],
    partner: { detail: `Ring the ${said} desk`, phone: null, email: null },
  }
}

/** A service as some file has it; `said` differs from file to file in every field. */
export function fileSays(
  code: string,
  said: 'first' | 'second',
  more: Partial<ServiceRecord> = {},
): ServiceRecord {
  const other = said === 'second'
  return {
    sourceId: `set-${code}`,
    organization: lantern,
    name: `Lantern Room ${said}`,
    alternateName: other ? `${code}-B` : code,
    description: `A room to talk, the ${said} one.`,
    status: other ? 'temporarily closed' : 'active',
    kind: 'for-survivors',
    needs: other ? ['safety'] : ['talk', 'crisis'],
    afterNeeds: other ? ['crisis'] : [],
    fixedFacets: [],
    selfReferral: !other,
    consultation: other,
    confidential: false,
    email: `${said}@lantern.example`,
    url: `https://lantern.example/${said}`,
    phones: [{ number: other ? '01632 960002' : '01632 960001', label: '' }],
    applicationProcess: `Ask the ${said} way`,
    eligibilityText: `${said} words`,
    feesText: `A ${said} fee`,
    timesText: `${said} times`,
    alert: `The ${said} notice`,
    wishes: {
      languages: [said === 'first' ? 'en' : 'cy'],
      ledBy: [other ? 'deaf' : 'women'],
      workerGender: [other ? 'man' : 'woman'],
      areas: [`The ${said} valley`],
      models: [other ? 'group' : 'one-to-one'],
      remote: other ? true : null,
      cost: other ? 'free' : 'sliding-scale',
      needsNoPublicFunds: other,
    },
    assuredOn: other ? '2026-02-02' : '2026-01-01',
    assuredBy: `the ${said} file`,
    thresholds: [
      {
        condition: { age: { max: other ? 203 : 215 } },
        sentence: `Anybody in the ${said} file`,
        source: '',
        owner: '',
        reviewedOn: null,
        soft: false,
        forbiddenRule: null,
        forbiddenFacets: [],
      },
    ],
    capacity: null,
    locations: [placeOf(code, said)],
    offer: offerOf(code, said),
    ...more,
  }
}
