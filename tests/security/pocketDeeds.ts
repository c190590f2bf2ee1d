/** What a leader may send about refuge homes. */
import { newId } from '#lib/server/db/ids.ts';
import type { Deed } from './deeds.ts';

export const pocketDeeds: readonly Deed[] = [
	{
		door: '/(app)/pockets/apply default',
		of: 'district',
		own: 0,
		to: () => '/pockets/apply',
		body: (school) => ({
			id: newId(),
			kind: 'home',
			name: '試験 太郎',
			kana: 'しけん',
			contact: '',
			phone: '',
			town: '本町五丁目',
			address: '1番1号',
			school,
			closed: '',
			point: '35.7, 139.5'
		})
	}
];
