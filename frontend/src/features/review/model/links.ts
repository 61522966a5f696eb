/** Links to files are good for five minutes. */
export const LINKS_LAST_MS = 240_000;
