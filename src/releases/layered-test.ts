import { z } from 'zod'
import file from './layered-test.uk.json' with { type: 'json' }
import { roleIds } from './sharing.ts'

/** The layers that are answered by picking; human rights and proportion are answered in words. */
export const layerIds = ['power', 'article-6', 'article-9', 'offence', 'confidence'] as const
export type LayerId = (typeof layerIds)[number]

const option = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  layer: z.enum(layerIds),
  /** The nations whose law knows it; null: not tied to one. */
  laws: z.array(z.string()).nullable(),
  from: z.array(z.enum(roleIds)).optional(),
  to: z.array(z.enum(roleIds)).optional(),
  /** Open to public bodies only, or to others only. */
  body: z.enum(['public', 'voluntary']).optional(),
  /** Only where a child is at risk. */
  child: z.boolean().default(false),
  /** Has to be named in words. */
  words: z.boolean().default(false),
  /** The body that asks has to say what it needs it for. */
  statedNeed: z.boolean().default(false),
  /** For an adult only one whose care needs keep them from protecting themself. */
  careNeeds: z.boolean().default(false),
  citation: z.string().min(1),
  standing: z.enum(['seen', 'seen-in-part', 'unverified']),
})
export type LayerOption = Readonly<z.infer<typeof option>>

const layers = z
  .strictObject({
    note: z.string(),
    reviewedOn: z.iso.date(),
    reviewedBySurvivors: z.iso.date().nullable(),
    options: z.array(option),
  })
  .parse(file)

/** Every answer that can be picked, in the order of the data. */
export const layerOptions: readonly LayerOption[] = layers.options
