/** What the page was built as: a static site, one file that opens from anywhere, or the development server's. */
export type BuildKind = 'site' | 'single' | 'development';

export const buildKind: BuildKind = import.meta.env.MODE === 'single' ? 'single' : import.meta.env.DEV ? 'development' : 'site';
