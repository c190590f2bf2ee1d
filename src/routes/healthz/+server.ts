import { json } from '@sveltejs/kit';
import { health } from '#lib/server/health.ts';

export const GET = async () => {
	const found = await health();
	return json(found, { status: found.status === 'ok' ? 200 : 503, headers: { 'cache-control': 'no-store' } });
};
