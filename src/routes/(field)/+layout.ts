/** The phone on patrol: one shell, drawn on the phone from what it carries, opened by address with no network. */
export const prerender = true;
export const ssr = false;
