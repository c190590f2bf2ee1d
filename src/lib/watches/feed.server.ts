/** A person's watches as a calendar file (RFC 5545) for the calendar on their phone. */
import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';

export type FeedEvent = {
	id: string;
	startsAt: Date;
	endsAt: Date;
	title: string;
	where: string;
	words: string;
	cancelled: boolean;
	/** When the shift was made or called off. */
	changedAt: Date;
};

/**
 * The file. Times are written in UTC (`Z`), so that every calendar shows them in its own zone: naming a zone beside a native
 * Date would shift them by the server's own.
 */
export function calendarOf(name: string, events: readonly FeedEvent[], host: string): string {
	const calendar = ical({
		name,
		method: ICalCalendarMethod.PUBLISH,
		prodId: { company: 'Mimamori Pocket', product: 'watches' },
		ttl: 3600
	});
	for (const event of events)
		calendar.createEvent({
			id: `${event.id}@${host}`,
			start: event.startsAt,
			end: event.endsAt,
			stamp: event.changedAt,
			lastModified: event.changedAt,
			summary: event.title,
			location: event.where,
			description: event.words,
			status: event.cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
			sequence: event.cancelled ? 1 : 0
		});
	return calendar.toString();
}
