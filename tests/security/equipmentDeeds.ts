/** What a leader may send about requests for equipment. */
import { newId } from '#lib/server/db/ids.ts';
import type { Deed } from './deeds.ts';
import { honcho } from './things.ts';

export const equipmentDeeds: readonly Deed[] = [
	{
		door: '/(app)/equipment/requests/[id] withdraw',
		of: 'request',
		own: 0,
		to: (id) => `/equipment/requests/${id}?/withdraw`
	},
	{
		door: '/(app)/equipment/requests/new default',
		of: 'association',
		own: 0,
		to: () => '/equipment/requests/new',
		body: (association) => ({ id: newId(), association, as: 'draft' })
	},
	{
		door: '/(app)/equipment/requests/[id]/edit default',
		of: 'openRequest',
		own: 0,
		to: (id) => `/equipment/requests/${id}/edit`,
		body: () => ({ association: honcho[0]!, as: 'draft' })
	},
	{
		door: '/(app)/equipment/requests/[id] removeFile',
		of: 'openAttachment',
		own: 0,
		to: (both) => `/equipment/requests/${both.split('/')[0]}?/removeFile`,
		body: (both) => ({ file: both.split('/')[1]! })
	}
];
