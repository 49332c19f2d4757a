// The type under which a card travels while it is dragged.

export const dragType = 'application/x-pilothouse-row'
