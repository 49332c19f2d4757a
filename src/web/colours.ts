// Mantine's colours that no screen uses: the build leaves their variables out of the styles that every page loads.
export const unusedColours = ['cyan', 'grape', 'green', 'indigo', 'lime', 'orange', 'pink', 'violet', 'yellow'] as const
