/**
 * 文字サイズ and colours as this device wants them. They rest in a cookie, because the pages of the server and the pages
 * that open with no network both need them before the first paint; it says nothing about the person.
 */
export const textSizes = ['standard', 'large', 'xlarge'] as const;
export const themes = ['auto', 'light', 'dark'] as const;
export type Look = { size: (typeof textSizes)[number]; theme: (typeof themes)[number] };

export const lookCookie = 'mp_look';
export const lookMaxAge = 60 * 60 * 24 * 400;

const oneOf = <T extends string>(all: readonly T[], text: unknown): T | undefined => all.find((one) => one === text);

/** What a cookie says; anything odd is the standard. */
export function lookFrom(cookie: string | undefined): Look {
	const [size, theme] = (cookie ?? '').split('.');
	return { size: oneOf(textSizes, size) ?? 'standard', theme: oneOf(themes, theme) ?? 'auto' };
}

/** The look after a choice; what was not chosen, or is no choice, stays. */
export const changedLook = (now: Look, size: unknown, theme: unknown): Look => ({
	size: oneOf(textSizes, size) ?? now.size,
	theme: oneOf(themes, theme) ?? now.theme
});

export const lookText = (look: Look): string => `${look.size}.${look.theme}`;

/** The same as attributes of the page, for whoever browses without JavaScript. */
export const lookAttributes = (look: Look): string => `data-size="${look.size}" data-theme="${look.theme}"`;
