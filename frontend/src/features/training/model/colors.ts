/** Colours of a chart's series, as names of the design's tokens: told apart in both themes, tungsten is not among them. */
export const COLORS = ["--info", "--good", "--bad", "--warn", "--ink", "--muted"];
