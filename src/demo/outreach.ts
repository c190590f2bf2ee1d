/** What the invented town's office did beside patrols: 令和5・6年度 as they were printed, and a little of the years after. */
import { addDays, daysBetween, instantOf } from '#lib/calendar/day.ts';
import { fiscalYearEnd, fiscalYearOf, fiscalYearStart } from '#lib/calendar/fiscal-year.ts';
import type { Kind, Place, Sort, Written } from '#lib/outreach/outreach.ts';
import { sort } from '#lib/outreach/outreach.ts';
import { outreach, outreachCancelling, outreachVersion } from '#lib/outreach/tables.server.ts';
import type { Tx } from '#lib/server/db/index.ts';
import { demoId } from './ids.ts';
import { town } from './town.ts';

const municipality = town.municipality;
type Told = Written & { kind: Kind; cancelled?: string };

const event = (sort: Sort, onDay: string, name: string, count: number | null, cancelled?: string): Told => ({
	...{ kind: 'event', sort, place: null, onDay, untilDay: null, name, count },
	...(cancelled && { cancelled })
});
const material = (sort: Sort, place: Place, onDay: string, untilDay: string, name: string, count: number): Told => ({
	...{ kind: 'material', sort, place, onDay, untilDay, name, count }
});
const badge = (onDay: string, name: string, count: number): Told => ({
	...{ kind: 'badge', sort: null, place: null, onDay, untilDay: null, name, count }
});

const areas = ['本町', '東町', '中町', '前原町', '緑町', '貫井北町', '貫井南町', '桜町', '梶野町', '関野町'];
/** Alert mails, spread evenly over the days of a year up to a day. */
const alerts = (from: string, to: string, count: number): Told[] =>
	Array.from({ length: count }, (_, n) => ({
		...{ kind: 'alert', sort: sort.alert[n % sort.alert.length]!, place: null, untilDay: null, count: null },
		onDay: addDays(from, Math.floor((n * (daysBetween(from, to) + 1)) / count)),
		name: areas[(n * 7) % areas.length]!
	}));

/** What hangs in the months of the greeting campaign, each year alike. */
const hung = (year: number): Told[] => [
	material('banner', 'cityFacility', `${year}-05-01`, `${year}-06-30`, '市役所の前', 2),
	material('flag', 'publicBody', `${year}-05-01`, `${year}-06-30`, '交番と駅', 24),
	material('poster', 'shops', `${year}-10-01`, `${year}-11-30`, '駅前の商店会', 60)
];

/** Everything told up to a day. */
function toldUntil(today: string): Told[] {
	const now = fiscalYearOf(today);
	const years = [2023, 2024, now - 1, now].filter((one, n, all) => all.indexOf(one) === n);
	const mails: Partial<Record<number, number>> = { 2023: 341, 2024: 441 };
	return [
		event('council', '2023-08-24', '第1回協議会', 14),
		event('lecture', '2023-11-18', '市民防犯講習会', 23),
		event('council', '2024-07-25', '第1回協議会', 15),
		event('lecture', '2024-08-30', '市民防犯講習会', null, '台風のため'),
		event('gathering', '2024-10-12', '防犯のつどい', 120),
		event('lecture', '2024-11-16', '市民防犯講習会', 28),
		event('council', '2025-01-23', '第2回協議会', 13),
		...years.flatMap((year) => [
			...hung(year),
			badge(`${year}-05-10`, 'あいさつ運動に加わった人', 80),
			...alerts(fiscalYearStart(year), [fiscalYearEnd(year), today].sort()[0]!, mails[year] ?? 40)
		])
	].filter(({ onDay }) => onDay <= today);
}

export async function seedOutreach(tx: Tx, today: string): Promise<void> {
	const by = town.people.safety;
	for (const [n, { kind, cancelled, ...written }] of toldUntil(today).entries()) {
		const id = demoId('outreach', 0, n + 1);
		const at = instantOf(written.onDay, '17:00');
		await tx.insert(outreach).values({ id, municipality, kind, latest: 1 });
		await tx
			.insert(outreachVersion)
			.values({ id: demoId('outreach', 1, n + 1), municipality, outreach: id, number: 1, ...written, by, at });
		if (cancelled)
			await tx.insert(outreachCancelling).values({ outreach: id, municipality, reason: cancelled, by, at });
	}
}
