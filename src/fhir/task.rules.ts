import type { CodeableConcept, Task } from '@medplum/fhirtypes'

import { said, systems } from '#exchange'
import { agencyReference, beside, gravity, idsOf, ownConcept, ownSystem } from './coding.rules.ts'
import { metaOf } from './label.rules.ts'
import { noReasonOut } from './no-reason.rules.ts'
import { businessStatuses, taskReasons, type TaskReason } from './referral-status.rules.ts'
import { endsOf, lastLetter, type ReferralSeen } from './seen.ts'
import { lastAt } from './stretch.rules.ts'
import { notesOf, outputsOf } from './task-output.rules.ts'
import type { TaskSeen } from './task-walk.rules.ts'

/** Who does it, until when, and where it stands: one of the Tasks of a referral. */
export function taskOf(seen: ReferralSeen, task: TaskSeen, isLast: boolean): Task {
  const { thread } = seen.file
  const { requester, target } = endsOf(seen)
  const ids = idsOf(thread.id)
  const output = isLast ? outputsOf(seen.file) : []
  const note = isLast ? notesOf(seen.file) : []
  return {
    resourceType: 'Task',
    id: ids.task(task.number),
    meta: metaOf(['referral-abuse-service'], {
      demo: seen.demo,
      version: thread.version,
      at: isLast ? lastAt(seen.file) : task.changedAt,
    }),
    status: task.status,
    ...(task.reason === null
      ? {}
      : { statusReason: reasonOf(task.reason, isLast ? sentenceIn(seen) : null) }),
    ...(task.business === null
      ? {}
      : {
          businessStatus: ownConcept('business-status', task.business, businessStatuses[task.business]),
        }),
    intent: 'order',
    priority: 'routine',
    code: {
      coding: [
        {
          system: 'http://hl7.org/fhir/CodeSystem/task-code',
          code: 'fulfill',
          display: 'Fulfill the focal request',
        },
      ],
    },
    focus: beside('ServiceRequest', ids.request),
    for: beside('Patient', ids.patient),
    authoredOn: task.startedAt.toISOString(),
    lastModified: (isLast ? lastAt(seen.file) : task.changedAt).toISOString(),
    requester: agencyReference(requester),
    // An office without an account has no system: whoever writes down what it says is the one that keeps the Task.
    owner: agencyReference(seen.light ? seen.us : target),
    ...(thread.dueAt === null || !isLast
      ? {}
      : { restriction: { period: { end: thread.dueAt.toISOString() } } }),
    ...(note.length === 0 ? {} : { note }),
    ...(output.length === 0 ? {} : { output }),
  }
}

/** What the receiver asks before deciding: a Task of its own whose owner is the side that is asked. */
export function questionTasksOf(seen: ReferralSeen, tasks: readonly TaskSeen[]): readonly Task[] {
  const { requester, target } = endsOf(seen)
  const { thread, pieces } = seen.file
  const ids = idsOf(thread.id)
  const asked = pieces.filter((piece) => piece.kind === 'question')
  return asked.flatMap((piece, at): readonly Task[] => {
    const { letter, undone } = piece
    if (undone || letter?.about !== 'question') return []
    const answer = pieces.find(
      (each) => each.at >= piece.at && !each.undone && each.letter?.about === 'answer',
    )
    const under = tasks.findLast((task) => task.startedAt <= piece.at)?.number ?? 1
    const text = said(letter.text)
    return [
      {
        resourceType: 'Task',
        id: ids.question(at + 1),
        meta: metaOf(['referral-abuse-service'], {
          demo: seen.demo,
          version: thread.version,
          at: answer?.at ?? piece.at,
        }),
        partOf: [beside('Task', ids.task(under))],
        status: answer === undefined ? 'requested' : 'completed',
        intent: 'order',
        code: gravity('general-information', 'General Information'),
        ...(text === null ? {} : { description: text }),
        focus: beside('ServiceRequest', ids.request),
        for: beside('Patient', ids.patient),
        authoredOn: piece.at.toISOString(),
        requester: agencyReference(target),
        owner: agencyReference(requester),
        ...answered(answer?.letter?.about === 'answer' ? answer.letter.text : ''),
      },
    ]
  })
}

function answered(text: string): Pick<Task, 'output'> {
  const clean = said(text)
  if (clean === null) return {}
  const type = gravity('general-information-response', 'General Information Response')
  return { output: [{ type, valueString: clean }] }
}

/** A reason in our own code, the word of the crosswalk and the guide's, and in words. */
function reasonOf(code: string, sentence: string | null): CodeableConcept {
  const own = taskReasons[code as TaskReason] as string | undefined
  if (own !== undefined) return ownConcept('status-reason', code, own)
  const no = noReasonOut(code)
  const system = ownSystem('status-reason')
  return {
    coding: [
      { system, code },
      ...(no === null || no.crosswalk === code ? [] : [{ system, code: no.crosswalk }]),
      ...(no?.gravity === undefined ? [] : [{ system: systems.gravity, code: no.gravity }]),
    ],
    ...(sentence === null ? {} : { text: sentence }),
  }
}

function sentenceIn(seen: ReferralSeen): string | null {
  return said(lastLetter(seen.file, 'declined')?.sentence)
}
