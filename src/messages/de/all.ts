/** The German texts of all areas, by their English keys. */
import { bridge } from './bridge.ts'
import { demo } from './demo.ts'
import { desk } from './desk.ts'
import { desk2 } from './desk-2.ts'
import { engines } from './engines.ts'
import { federation } from './federation.ts'
import { health } from './health.ts'
import { imports } from './import.ts'
import { imports2 } from './import-2.ts'
import { kit } from './kit.ts'
import { kit2 } from './kit-2.ts'
import { mail } from './mail.ts'
import { notices } from './notices.ts'
import { people } from './people.ts'
import { platform } from './platform.ts'
import { records } from './records.ts'
import { records2 } from './records-2.ts'
import { reports } from './reports.ts'
import { routes } from './routes.ts'
import { seal } from './seal.ts'
import { services } from './services.ts'
import { services2 } from './services-2.ts'
import { webhooks } from './webhooks.ts'

/** A key stands once: the areas share none. */
export const AREAS: readonly Readonly<Record<string, string>>[] = [
  bridge,
  demo,
  desk,
  desk2,
  engines,
  federation,
  health,
  imports,
  imports2,
  kit,
  kit2,
  mail,
  notices,
  people,
  platform,
  records,
  records2,
  reports,
  routes,
  seal,
  services,
  services2,
  webhooks,
]
export const TEXTS: ReadonlyMap<string, string> = new Map(AREAS.flatMap((area) => Object.entries(area)))
