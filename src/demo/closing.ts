/** 令和5年度 of the invented town is closed by the verb that closes every year; badges that were told of a fortnight later lie in its tray. */
import { instantOf } from '#lib/calendar/day.ts';
import { addOutreach } from '#lib/outreach/outreach.server.ts';
import { checks } from '#lib/reports/closing.ts';
import { closeYear } from '#lib/reports/closing.server.ts';
import type { Tx } from '#lib/server/db/index.ts';
import { demoId } from './ids.ts';
import { town } from './town.ts';

const safety = {
	...{ municipality: town.municipality, person: town.people.safety, name: '' },
	grants: [{ role: 'safety' as const, section: town.sections.safety }]
};
const id = (n: number) => demoId('reports', 1, n);

export async function seedClosing(tx: Tx): Promise<void> {
	await closeYear(tx, safety, 2023, { id: id(1), seen: [...checks] }, instantOf('2024-04-20', '10:00'));
	await addOutreach(
		tx,
		safety,
		{
			...{ id: id(2), kind: 'badge', sort: null, place: null, onDay: '2024-03-21', untilDay: null },
			...{ name: '卒業式の見守り隊', count: 40 }
		},
		instantOf('2024-05-02', '09:30')
	);
}
