/** The platform's own policy: its versions come with releases, nobody edits it. */
export const SHIPPED = "default";
