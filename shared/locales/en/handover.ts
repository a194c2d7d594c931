// Handing cases over when a person leaves.
import type { handover as zh } from '../zh-CN/handover.ts'

export const handover: typeof zh = {
  section: 'Handover',
  button: 'Hand over {{n}} open cases',
  noCases: 'Has no open cases.',
  beforeRemove: 'Nobody with open cases can be removed, only disabled; hand the cases over first.',
  title: 'Hand over cases: {{name}}',
  text: 'All {{n}} open cases of {{name}} go to another person in one act; each case’s history says so. Both confirm it when they are logged in themselves.',
  to: 'Who takes them',
  choose: 'Choose who takes them',
  note: 'Note (may be left out)',
  noteHint:
    'What was passed on and what is still to do. Personal data in it is redacted; the original is not kept.',
  confirmButton: 'Hand over',
  done: '{{n}} cases handed over.',
  notice: '{{from}} handed {{n}} cases over to you on {{at}}. Check them, then confirm.',
  noticeFrom: '{{n}} of your cases were handed over to {{to}} on {{at}}. Please confirm.',
  look: 'See the cases',
  confirm: 'Confirm handover',
  record: '{{from}} → {{to}}, {{n}} cases, {{at}}',
  confirmedBy: '{{name}} confirmed, {{at}}',
  waiting: '{{name}} has not confirmed yet',
}
