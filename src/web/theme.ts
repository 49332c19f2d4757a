// Mantine's theme, told our tokens. Colours come from tokens.css; the ramps below only feed Mantine's own computations.
import { createTheme, type MantineColorsTuple } from '@mantine/core'

const brand: MantineColorsTuple = [
  '#e4eff9',
  '#cfe3f4',
  '#a5cbeb',
  '#7db9ee',
  '#4f9ad6',
  '#2f86c8',
  '#0b62a8',
  '#0b589a',
  '#0b4f7d',
  '#083d61',
]

/** The dark ramp in Mantine's order: text first, then lines, then surfaces. */
const dark: MantineColorsTuple = [
  '#e6ebf0',
  '#b3bfca',
  '#8d9aa7',
  '#66737f',
  '#2d3843',
  '#1b242d',
  '#161d25',
  '#10161c',
  '#0c1116',
  '#080c10',
]

export const theme = createTheme({
  colors: { brand, dark },
  primaryColor: 'brand',
  primaryShade: 6,
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--mono)',
  defaultRadius: 6,
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // The page itself never scrolls (its parts do), so there is nothing to lock; locking would need an inline style.
    ModalRoot: { defaultProps: { lockScroll: false } },
    DrawerRoot: { defaultProps: { lockScroll: false } },
    Button: { defaultProps: { size: 'xs', variant: 'default' } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray', size: 30 } },
    TextInput: { defaultProps: { size: 'xs' } },
    Textarea: { defaultProps: { size: 'xs', autosize: true, minRows: 3 } },
    Select: {
      defaultProps: {
        size: 'xs',
        withScrollArea: false,
        openOnFocus: false,
        comboboxProps: { transitionProps: { duration: 0 } },
      },
    },
    MultiSelect: {
      defaultProps: {
        size: 'xs',
        withScrollArea: false,
        openOnFocus: false,
        comboboxProps: { transitionProps: { duration: 0 } },
      },
    },
    TagsInput: {
      defaultProps: { size: 'xs', withScrollArea: false, comboboxProps: { transitionProps: { duration: 0 } } },
    },
    PasswordInput: { defaultProps: { size: 'xs' } },
    Checkbox: { defaultProps: { size: 'xs' } },
    Portal: { defaultProps: { target: '#overlays' } },
    Menu: {
      defaultProps: {
        withInitialFocusPlaceholder: false,
        shadow: 'none',
        position: 'bottom-end',
        transitionProps: { duration: 0 },
      },
    },
    Popover: { defaultProps: { shadow: 'none', transitionProps: { duration: 0 } } },
    Modal: {
      defaultProps: {
        transitionProps: { duration: 0 },
        overlayProps: { color: 'var(--overlay)', backgroundOpacity: 1 },
      },
    },
    // A dialog of parts takes no overlayProps from above.
    ModalOverlay: { defaultProps: { color: 'var(--overlay)', backgroundOpacity: 1 } },
    Drawer: {
      defaultProps: {
        transitionProps: { duration: 0 },
        overlayProps: { color: 'var(--overlay)', backgroundOpacity: 1 },
      },
    },
  },
})
