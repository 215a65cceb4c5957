import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

/** Deep green-blue of the product; shade 8 on white and shade 3 on the dark ground are above 4.5:1 (WCAG 1.4.3). */
const bridge: MantineColorsTuple = ['#e8f6f7', '#d3eaec', '#a5d4d8', '#74bdc4', '#4ca9b3', '#339da8', '#2397a3', '#12838f', '#0b6b75', '#08545c'];

export const theme = createTheme({
  colors: { bridge },
  primaryColor: 'bridge',
  primaryShade: { light: 8, dark: 8 },
  fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'Cascadia Mono', 'DejaVu Sans Mono', Menlo, monospace",
  defaultRadius: 'sm',
  respectReducedMotion: true,
  headings: { fontWeight: '650' },
  components: {
    Anchor: { defaultProps: { underline: 'always' } },
    Badge: { defaultProps: { variant: 'outline', radius: 'sm', tt: 'none' } },
    // A dialog's heading is no banner of the page.
    Modal: { defaultProps: { transitionProps: { duration: 0 }, attributes: { header: { role: 'presentation' } } } },
    Tooltip: { defaultProps: { withArrow: true } },
  },
});

/** Grey texts and coloured words are made darker (on light) or lighter (on dark) than the library's, to be read by everyone. */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#4a5560', '--mantine-color-placeholder': '#5c6670', '--mantine-color-anchor': '#0b6b75', '--mantine-color-error': '#b3161d',
    '--mantine-color-red-outline': '#b3161d', '--mantine-color-orange-outline': '#9a4300', '--mantine-color-green-outline': '#1b6b2f', '--mantine-color-gray-outline': '#4a5560',
    '--mantine-color-blue-outline': '#1558a6', '--mantine-color-bridge-outline': '#0b6b75', '--mantine-color-violet-outline': '#6239b8',
    '--console-ground': '#f6f8f9', '--console-line': '#d4dade', '--console-mark': '#ffe69a', '--console-mark-text': '#1d1600', '--console-hover': '#e8f1f2',
  },
  dark: {
    '--mantine-color-dimmed': '#b3bcc5', '--mantine-color-placeholder': '#a3acb5', '--mantine-color-anchor': '#74bdc4', '--mantine-color-error': '#ff9d9d',
    '--mantine-color-red-outline': '#ff9d9d', '--mantine-color-orange-outline': '#ffb26b', '--mantine-color-green-outline': '#86d998', '--mantine-color-gray-outline': '#b3bcc5',
    '--mantine-color-blue-outline': '#8dc1ff', '--mantine-color-bridge-outline': '#74bdc4', '--mantine-color-violet-outline': '#c3abff',
    '--console-ground': '#1b1e21', '--console-line': '#4a5157', '--console-mark': '#6b5200', '--console-mark-text': '#fff4d0', '--console-hover': '#2c3236',
  },
});
