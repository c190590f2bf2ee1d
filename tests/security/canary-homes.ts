/** `node tests/security/canary-homes.ts <file>`: writes the canaries into a town by the verbs of the register; prints their ids. */
import { addDays, jstDay } from '#lib/calendar/day.ts';
import { giveConsent, withdrawConsent } from '#lib/pockets/consents.server.ts';
import { apply, end, explain, move, register, writeNote } from '#lib/pockets/pockets.server.ts';
import type { PocketForm } from '#lib/pockets/pocket.ts';
import { newId } from '#lib/server/db/ids.ts';
import { closeDatabase, openDatabase, transaction, type Tx } from '#lib/server/db/index.ts';
import { actorFor, town } from '../people.ts';
import { canary, homeNames, homes, places, type Field, type Home, type Place } from './canaries.ts';

const now = new Date();
const today = jstDay(now);
const before = addDays(today, -1);
openDatabase(process.argv[2]!);

async function write(tx: Tx, home: Home, place: Place): Promise<string> {
	const clerk = await actorFor(tx, 'guidance', today);
	const id = newId();
	const { kind, agreed } = homes[home];
	const of = (field: Field) => canary(home, place, field);
	const form: PocketForm = {
		kind,
		name: of('name'),
		kana: 'かなりあ',
		contact: of('contact'),
		town: '本町一丁目',
		address: of('address'),
		phone: of('phone'),
		closed: of('closed'),
		school: place === 'own' ? town.schools.honcho : town.schools.midori,
		lat: Number(of('lat')),
		lng: Number(of('lng')),
		hours: [null, { from: '14:00', to: '18:00' }, null, null, null, null, null]
	};
	await apply(tx, clerk, id, form, 'host', now);
	for (const purpose of agreed) await giveConsent(tx, clerk, id, { purpose, text: 'はい', on: before }, now);
	await writeNote(tx, clerk, id, of('note'), now);
	if (home === 'applied') return id;
	await explain(tx, clerk, id, before, now);
	await register(tx, clerk, id, before, now);
	const why = { on: today, words: of('words') };
	if (home === 'paused') await move(tx, clerk, id, 'pause', why, now);
	if (home === 'ended') await end(tx, clerk, id, { ...why, ending: 'withdrew' }, now);
	if (home === 'withdrawn') for (const purpose of agreed) await withdrawConsent(tx, clerk, id, purpose, now);
	return id;
}

const ids = await transaction(async (tx) => {
	const all: string[] = [];
	for (const home of homeNames) for (const place of places) all.push(await write(tx, home, place));
	return all;
});
closeDatabase();
process.stdout.write(JSON.stringify(ids));
