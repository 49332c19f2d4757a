// Screens of single domains beside the generic ones: a folder here and one line in the list.
import type { ComponentType } from 'react'
import './desk/panels.ts'
import { deskScreens } from './desk/screens.ts'
import type { IconName } from '../ui/icon.tsx'
import { bridgeScreens } from './bridge/screens.ts'
import '../access/panels.ts'
import '../import/panels.ts'
import './improvement/panels.ts'
import { noticeScreens } from './notices/screens.ts'
import './people/panels.ts'
import '../scan/panels.ts'
import './levels/panels.ts'
import { levelScreens } from './levels/screens.ts'
import './reports/panels.ts'
import { reportScreens } from './reports/screens.ts'
import './services/panels.ts'
import { serviceScreens } from './services/screens.ts'

export interface Screen {
  /** Full address, such as `/bridge` or `/estate/map`. The first screen of a place is the place's front page. */
  path: string
  /** Name of the place in the navigation. */
  place: string
  label: string
  icon?: IconName
  /** True when it stands before the place's records, false (usual) when after them. */
  first?: boolean
  /** The kind of record that it shows: who may not read that one does not see the screen in the navigation. */
  shows?: string
  /** A module of `screens/<domain>/` that exports its page as `Screen`. */
  load: () => Promise<{ Screen: ComponentType }>
}

export const screens: Screen[] = [
  ...bridgeScreens,
  ...noticeScreens,
  ...deskScreens,
  ...levelScreens,
  ...serviceScreens,
  ...reportScreens,
]
