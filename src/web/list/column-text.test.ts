// The text of columns is read and written without loss, and what cannot be read is passed over.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { columnsIn, columnsText, movedColumn, resizedColumn } from './column-text.ts'

describe('the columns of a view', () => {
  it('are read with their widths, and written as they were', () => {
    const columns = columnsIn('number,subject:320,custom.lamp:90')
    assert.deepEqual(columns, [
      { name: 'number', width: null },
      { name: 'subject', width: 320 },
      { name: 'custom.lamp', width: 90 },
    ])
    assert.equal(columnsText(columns), 'number,subject:320,custom.lamp:90')
  })
  it('pass over what is no column, and keep widths within reason', () => {
    assert.deepEqual(columnsIn(',1x,subject:wide,status:1,team:99999'), [
      { name: 'status', width: 56 },
      { name: 'team', width: 900 },
    ])
    assert.deepEqual(columnsIn(''), [])
  })
  it('move as far as there are places', () => {
    const text = (by: number): string => columnsText(movedColumn(columnsIn('a,b,c'), 'b', by))
    assert.deepEqual([text(-1), text(1), text(-9), text(9), text(0)], ['b,a,c', 'a,c,b', 'b,a,c', 'a,c,b', 'a,b,c'])
    assert.equal(columnsText(movedColumn(columnsIn('a,b'), 'gone', 1)), 'a,b')
  })
  it('become wider and as wide as usual again', () => {
    const wide = resizedColumn(columnsIn('a,b'), 'b', 201.6)
    assert.equal(columnsText(wide), 'a,b:202')
    assert.equal(columnsText(resizedColumn(wide, 'b', null)), 'a,b')
  })
})
