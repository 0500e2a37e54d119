import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

/** "Stamp ink" from pale to deep; the shades that are used stand in tokens.css. */
const stamp: MantineColorsTuple = [
  '#f7eff5',
  '#ead9e6',
  '#d9a3cf',
  '#c07fb3',
  '#a9619a',
  '#8f477f',
  '#7c386d',
  '#6a2a5b',
  '#5b2350',
  '#451a3c',
];

export const theme = createTheme({
  primaryColor: 'stamp',
  primaryShade: { light: 7, dark: 5 },
  colors: { stamp },
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--font-mono)',
  defaultRadius: 6,
  fontSizes: { xs: '12px', sm: '13px', md: '13px', lg: '16px', xl: '16px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  headings: {
    fontWeight: '600',
    sizes: { h1: { fontSize: '16px' }, h2: { fontSize: '13px' }, h3: { fontSize: '13px' } },
  },
  respectReducedMotion: true,
  cursorType: 'default',
  components: {
    // The placeholder would take the focus inside a menu without being an item of it; the first item takes it instead. Menus
    // open inside the content, so that they stand in a landmark of the page.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false, portalProps: { target: '#menus' } } },
    // The page itself never scrolls: nothing is to be locked, by a style that the content security policy would refuse.
    Modal: { defaultProps: { lockScroll: false } },
    Drawer: { defaultProps: { lockScroll: false } },
    Spotlight: { defaultProps: { lockScroll: false } },
    SpotlightRoot: { defaultProps: { lockScroll: false } },
  },
});

const shared = {
  '--mantine-color-body': 'var(--surface)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--ink-3)',
  '--mantine-color-placeholder': 'var(--ink-3)',
  '--mantine-color-default': 'var(--surface)',
  '--mantine-color-default-hover': 'var(--hover)',
  '--mantine-color-default-border': 'var(--line-control)',
  '--mantine-color-error': 'var(--bad)',
};

/** Mantine's own variables, in the desk's tokens. */
export const cssVariables: CSSVariablesResolver = () => ({ variables: {}, light: shared, dark: shared });
