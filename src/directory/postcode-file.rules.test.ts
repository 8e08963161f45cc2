import { expect, test } from 'vitest'
import { outcodesIn } from './postcode-file.rules.ts'

const head = '"pcd","pcd2","pcds","dointr","doterm","oscty","lat","long"'
const lines = [
  head,
  '"LS6 1ZZ","LS6  1ZZ","LS6 1ZZ","198001","","E99",53.820,-1.570',
  '"LS6 2ZZ","LS6  2ZZ","LS6 2ZZ","198001","","E99",53.840,-1.590',
  '"LS6 3ZZ","LS6  3ZZ","LS6 3ZZ","198001","200101","E99",53.000,-1.000',
  '"LS101ZZ","LS10 1ZZ","LS10 1ZZ","198001","","E99",53.780,-1.530',
  '"JE2 1ZZ","JE2  1ZZ","JE2 1ZZ","198001","","",99.999999,0.000000',
  '"BT1 1ZZ","BT1  1ZZ","BT1 1ZZ","198001","","N99",54.600,-5.930',
  'broken',
  '',
]

test('a file of postcodes comes down to the middles of districts, without ended ones and without Northern Ireland', async () => {
  expect(await outcodesIn(lines, false)).toEqual({
    outcodes: [
      { code: 'LS6', latitude: 53.83, longitude: -1.58 },
      { code: 'LS10', latitude: 53.78, longitude: -1.53 },
    ],
    taken: 3,
    leftOut: 3,
    northernIreland: 1,
  })
  expect((await outcodesIn(lines, true))?.outcodes.map((each) => each.code)).toEqual(['LS6', 'LS10', 'BT1'])
})

test('a file without these columns is none', async () => {
  expect(await outcodesIn(['a,b,c', '1,2,3'], false)).toBeNull()
  expect(await outcodesIn([], false)).toBeNull()
})
