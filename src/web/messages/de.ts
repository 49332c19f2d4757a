// Every word of the screens that does not come from a record's declaration, in German.
import type { en } from './en.ts'
import { shell as shellWords } from './de/shell.ts'
import { values as valuesWords } from './de/values.ts'
import { list as listWords } from './de/list.ts'
import { record as recordWords } from './de/record.ts'
import { form as formWords } from './de/form.ts'
import { settings as settingsWords } from './de/settings.ts'
import { map as mapWords } from './de/map.ts'
import { desk as deskWords } from './de/desk.ts'
import { services as servicesWords } from './de/services.ts'
import { levels as levelsWords } from './de/levels.ts'
import { improvement as improvementWords } from './de/improvement.ts'

export const de: typeof en = {
  ...shellWords,
  ...valuesWords,
  ...listWords,
  ...recordWords,
  ...formWords,
  ...settingsWords,
  ...mapWords,
  ...deskWords,
  ...servicesWords,
  ...levelsWords,
  ...improvementWords,
}
