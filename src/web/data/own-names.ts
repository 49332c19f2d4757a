// What every record has beside the fields that it declares.

export const ownNames: readonly string[] = [
  'id',
  'number',
  'rev',
  'createdAt',
  'createdBy',
  'updatedAt',
  'updatedBy',
  'binnedAt',
  'tags',
]
