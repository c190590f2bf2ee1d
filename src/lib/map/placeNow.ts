/** Where the phone is now; undefined when it may not or cannot say. */
export function placeNow(): Promise<{ lat: number; lng: number } | undefined> {
	return new Promise((resolve) => {
		if (!('geolocation' in navigator)) return resolve(undefined);
		navigator.geolocation.getCurrentPosition(
			({ coords }) => resolve({ lat: coords.latitude, lng: coords.longitude }),
			() => resolve(undefined),
			{ enableHighAccuracy: true, maximumAge: 30_000, timeout: 12_000 }
		);
	});
}
