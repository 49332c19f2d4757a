// Every word of the screens that does not come from a record's declaration, in English.
import { shell as shellWords } from './en/shell.ts'
import { values as valuesWords } from './en/values.ts'
import { list as listWords } from './en/list.ts'
import { record as recordWords } from './en/record.ts'
import { form as formWords } from './en/form.ts'
import { settings as settingsWords } from './en/settings.ts'
import { map as mapWords } from './en/map.ts'
import { desk as deskWords } from './en/desk.ts'
import { services as servicesWords } from './en/services.ts'
import { levels as levelsWords } from './en/levels.ts'
import { improvement as improvementWords } from './en/improvement.ts'

export const en = {
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
