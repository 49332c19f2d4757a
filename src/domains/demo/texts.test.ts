/** The texts and the dice of the demonstration, without a database. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Dice, Urn } from './dice.ts'
import { lexemes } from './lexemes.ts'
import { Addresses, drawName } from './names.ts'
import { patchDay } from './season.ts'
import { SERVICES } from './service-plan.ts'
import { drawTrouble, fillSlots, TROUBLES } from './troubles.ts'

const atMs = Date.parse('2026-03-31T09:00:00Z')

describe('the texts of troubles', () => {
  it('say for each what is written, what is added and what restored it', () => {
    const endings = ['fixed', 'workaround', 'advice', 'vanished']
    for (const trouble of TROUBLES) {
      const name = `${trouble.family} "${trouble.subjects[0]}"`
      for (const list of [trouble.subjects, trouble.details, trouble.fixes])
        assert.ok(list.length > 0, `${name} lacks a kind of line`)
      assert.ok(trouble.weight > 0 && trouble.minutes > 0, `${name} has no weight or no minutes`)
      assert.ok(endings.includes(trouble.closureCode), `${name} ends with ${trouble.closureCode}`)
    }
    assert.ok(TROUBLES.length >= 60)
  })
  it('fill every slot, the same one with the same thing', () => {
    const dice = new Dice('slots')
    for (const trouble of TROUBLES) {
      const scene = { dice, site: 'GDN', names: () => 'Ada Lovelace', atMs, filled: new Map<string, string>() }
      for (const text of [...trouble.subjects, ...trouble.details, ...trouble.fixes]) {
        const filled = fillSlots(text, scene)
        assert.doesNotMatch(filled, /[{}]|undefined/, text)
        assert.equal(fillSlots(text, scene), filled)
      }
      for (const [slot, value] of scene.filled) assert.notEqual(value, slot, `nothing is known for {${slot}}`)
    }
  })
  it('exist for every service that makes trouble', () => {
    for (const plan of SERVICES)
      if (plan.trouble !== null) assert.ok(drawTrouble(new Dice(plan.name), plan.trouble[1]).subjects.length > 0)
  })
  it('name only services that are in the plan', () => {
    const names = new Set(SERVICES.map(({ name }) => name))
    for (const plan of SERVICES)
      for (const need of plan.needs) assert.ok(names.has(need.replace(/^.+:\d+=/, '')), `${plan.name} needs ${need}`)
  })
})

describe('the dice', () => {
  it('throw the same for the same seed, and names of dice are dice of their own', () => {
    const throwsOf = (dice: Dice): number[] => Array.from({ length: 5 }, () => dice.bits())
    assert.deepEqual(throwsOf(new Dice('7')), throwsOf(new Dice('7')))
    assert.notDeepEqual(throwsOf(new Dice('7')), throwsOf(new Dice('8')))
    assert.notDeepEqual(throwsOf(new Dice('7').named('a')), throwsOf(new Dice('7').named('b')))
  })
  it('draw by weight, and nothing that weighs nothing', () => {
    const urn = new Urn(['never', 'seldom', 'often'], (_, index) => [0, 1, 9][index] ?? 0)
    const dice = new Dice('urn')
    const drawn = Array.from({ length: 2000 }, () => urn.draw(dice))
    assert.ok(!drawn.includes('never'))
    assert.ok(Math.abs(drawn.filter((one) => one === 'often').length - 1800) < 80)
    assert.throws(() => new Urn([], () => 1).draw(dice), /empty/)
  })
})

it('gives everybody an address of their own that mail systems accept', () => {
  const dice = new Dice('addresses')
  const addresses = new Addresses()
  const all = Array.from({ length: 3000 }, (_, index) =>
    addresses.take(drawName(dice, (['de', 'pl', 'pt'] as const)[index % 3] ?? 'de')),
  )
  assert.equal(new Set(all).size, all.length)
  for (const address of all) assert.match(address, /^[a-z]+\.[a-z]+\d*@harbourworks\.example$/)
})
it('writes words with their places', () => {
  assert.equal(lexemes('no wi fi no work'), `'no':1,4 'wi':2 'fi':3 'work':5`)
  assert.equal(lexemes(''), '')
})
it('patches on the Wednesday after the second Tuesday', () => {
  for (let day = 0; day < 400; day += 7) {
    const date = new Date(patchDay(atMs + day * 86_400_000))
    assert.equal(date.getUTCDay(), 3)
    assert.ok(date.getUTCDate() >= 9 && date.getUTCDate() <= 15, date.toISOString())
  }
})
