import { Blocks } from './gallery-blocks.fixture.tsx'
import { Person, Plain, Public } from './gallery-calm.fixture.tsx'
import { Form, FormErrors } from './gallery-form.fixture.tsx'
import { Work } from './gallery-work.fixture.tsx'

/** Every component on a few pages, by path: for looking at, for axe, for the browser tests. */
export const gallery: Readonly<Record<string, () => unknown>> = {
  '/work': Work,
  '/form': Form,
  '/form-errors': FormErrors,
  '/blocks': Blocks,
  '/public': Public,
  '/person': Person,
  '/plain': Plain,
}
