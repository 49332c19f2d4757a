// What each of the first steps shows; each is loaded when it is opened.
import { lazy, type ComponentType } from 'react'
import { withWords } from '../messages/language.ts'
import type { FirstStep } from './contract.ts'

const part = (load: () => Promise<{ Step: ComponentType }>) =>
  lazy(() => load().then(({ Step }) => ({ default: Step })))

export const stepParts: Record<FirstStep['name'], ComponentType> = {
  organisation: part(() => import('./steps/organisation.tsx')),
  people: part(() => import('./steps/people.tsx')),
  services: part(() => import('./steps/services.tsx')),
  money: part(() => import('./steps/money.tsx')),
  safeguards: part(() => withWords('backup', import('./steps/safeguards.tsx'))),
  connect: part(() => withWords('mail', import('./steps/connect.tsx'))),
}
