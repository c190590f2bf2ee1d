/** Changes the look of the open page at once and keeps it on this device. */
import { changedLook, lookCookie, lookFrom, lookMaxAge, lookText, type Look } from './look.ts';

/** What this device has chosen. */
export function lookHere(): Look {
	const found = document.cookie.split('; ').find((one) => one.startsWith(`${lookCookie}=`));
	return lookFrom(found?.slice(lookCookie.length + 1));
}

export function wear(size: unknown, theme: unknown): Look {
	const look = changedLook(lookHere(), size, theme);
	const secure = location.protocol === 'https:' ? '; secure' : '';
	document.cookie = `${lookCookie}=${lookText(look)}; path=/; max-age=${lookMaxAge}; samesite=lax${secure}`;
	Object.assign(document.documentElement.dataset, look);
	return look;
}
