/** The year of 本町北町会 as somebody counted it by hand: what its sheet and the certificates of its people are measured against. */
import { beforeAll, expect } from 'vitest';
import { report } from '#lib/patrols/findings.server.ts';
import type { LogPayload } from '#lib/patrols/log.ts';
import { confirm, store } from '#lib/patrols/logs.server.ts';
import { addMember } from '#lib/people/members.server.ts';
import { newId } from '#lib/server/db/ids.ts';
import { connections, transaction, type Reader } from '#lib/server/db/index.ts';
import { openTown } from './open-town.ts';
import { town } from './people.ts';

export const today = '2026-11-20';
export const now = new Date(`${today}T12:00:00+09:00`);
const { honcho, midori, police } = town.associations;
const { volunteer, tanaka } = town.people;
export const people = openTown(today, [
	...(['volunteer', 'leader', 'midoriLeader', 'safety', 'approver', 'admin', 'guidance'] as const)
]);

const at = (on: string, time: string) => `${on}T${time}:00+09:00`;
type Walk = { on: string; from?: string; to?: string; who?: string[] } & Partial<LogPayload>;
/** A log of 本町北町会 that its leader has confirmed. */
export async function walked({ on, from = '19:30', to = '20:20', who = [volunteer], ...more }: Walk, sure = true) {
	const id = newId();
	const payload: LogPayload = {
		...{ programme: 'volunteerPatrol', jointly: [], on, departedAt: at(on, from), finishedAt: at(on, to) },
		...{ people: who, names: [], others: {}, method: 'foot', metres: 1500, metresFrom: 'estimate' },
		...{ remarks: '', handOver: '', findings: [], typed: true },
		...more
	};
	const body = { association: honcho, section: null };
	await transaction(async (tx) => {
		await store(tx, people.volunteer, { id, body, payload, forOthers: false, clockDoubt: false, at: now });
		await report(tx, people.volunteer, { log: id, association: honcho, onDay: on, at: now }, payload.findings);
		if (sure) await confirm(tx, people.leader, id, 1, now);
	});
	return id;
}
const noticed = (kind: 'streetLamp' | 'dumping') => ({ id: newId(), kind, place: '公園の角', note: '' });

/** Logs, and the membership of somebody who is on the roster by name only. */
export const ids = { patrol: '', joint: '', byName: '' };
export const special = '髙橋 𠮷男';
beforeAll(async () => {
	const added = await transaction((tx) =>
		addMember(
			tx,
			people.leader,
			honcho,
			{ name: special, kana: 'たかはし', phone: null, duty: null },
			new Date('2024-04-01T12:00:00+09:00')
		)
	);
	ids.byName = added.membership;
	// 令和6年度: 50 minutes in April, an hour in June with 緑町, two greetings on one day in October, one that nobody knows the end of.
	ids.patrol = await walked({
		on: '2024-04-13',
		who: [volunteer, tanaka],
		findings: [noticed('streetLamp'), noticed('dumping')]
	});
	ids.joint = await walked({
		on: '2024-06-08',
		from: '20:00',
		to: '21:00',
		programme: 'joint',
		jointly: [midori, police],
		others: { residents: 7 }
	});
	const greeting = {
		on: '2024-10-07',
		programme: 'greeting',
		method: 'standing',
		metres: undefined,
		metresFrom: undefined
	} as const;
	await walked({ ...greeting, from: '07:40', to: '08:10' });
	await walked({ ...greeting, from: '08:00', to: '08:25', who: [volunteer, added.person] });
	await walked({ on: '2025-03-31', from: '19:30', to: '19:00' });
	// Neither of these counts: not confirmed, and of the years beside it.
	await walked({ on: '2024-05-11' }, false);
	await walked({ on: '2024-03-31' });
	await walked({ on: '2025-04-01' });
}, 60_000);

/** What a sheet or a certificate says when these rows were not there. */
export async function without<T>(statement: string, read: (tx: Reader) => Promise<T>): Promise<T> {
	let seen: T | undefined;
	const undone = new Error('undone');
	await expect(
		transaction(async (tx) => {
			const { writer } = connections();
			writer.pragma('defer_foreign_keys = ON');
			for (const one of writer.prepare(`SELECT name FROM sqlite_schema WHERE type = 'trigger'`).pluck().all())
				writer.exec(`DROP TRIGGER "${String(one)}"`);
			expect(writer.prepare(statement).run().changes).toBeGreaterThan(0);
			seen = await read(tx);
			throw undone;
		})
	).rejects.toBe(undone);
	return seen!;
}
