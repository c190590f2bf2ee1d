/** A request for equipment as no page of ours would send it. */
import { newId } from '#lib/server/db/ids.ts';
import { town } from '../../src/demo/town.ts';
import { expect, signIn, test } from '../journeys/fixtures.ts';
import { rowsIn } from '../journeys/town.ts';

const pdf = { name: '計画 髙橋.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\nplan') };

test('what the form may not say is refused, and what is not one’s own is not there', async ({ page, server }) => {
	await signIn(page, 'leader');
	const origin = server.origin;
	const post = (path: string, fields: Record<string, string | typeof pdf>) =>
		page.request.post(path, { multipart: fields, headers: { origin, accept: 'text/html' }, maxRedirects: 0 });
	const association = town.associations.honcho;
	const [foreign] = rowsIn(server, `SELECT id FROM request WHERE association <> ? AND state = 'sentBack'`, association);
	const items = `SELECT id FROM item WHERE name = ? AND municipality = '${town.municipality}'`;
	const whistle = `n:${rowsIn(server, items, '防犯用笛')[0]}:`;

	expect((await page.request.get(`/equipment/requests/${foreign}/edit`)).status()).toBe(404);
	expect((await post(`/equipment/requests/${foreign}/edit`, { association, as: 'draft' })).status()).toBe(404);
	expect((await post('/equipment/requests/new', { id: foreign!, association, as: 'draft' })).status()).toBe(404);
	const theirs = { id: newId(), association: town.associations.midori, as: 'draft' };
	expect((await post('/equipment/requests/new', theirs)).status()).toBe(404);
	expect((await page.request.get(`/equipment/requests/new?of=${town.associations.midori}`)).status()).toBe(404);

	const base = { id: newId(), association, as: 'send', [whistle]: '1' };
	const refused: [Record<string, string | typeof pdf>, string][] = [
		[{ [`n:${newId()}:`]: '1' }, 'この品目は取り扱いを終えています'],
		[{ [`${whistle}XL`]: '1' }, '選んでください'],
		[{ [whistle]: '0' }, '申請する数を1つ以上入力してください'],
		[{ [whistle]: '1e3' }, '整数で入力してください'],
		[{ plan: 'あ'.repeat(1001) }, '長すぎます'],
		[{ id: 'x' }, '受け付けられません'],
		[{ as: 'approve' }, '受け付けられません'],
		[{ files: { ...pdf, buffer: Buffer.concat([pdf.buffer, Buffer.alloc(5 * 1024 * 1024)]) } }, '大きすぎます']
	];
	for (const [wrong, sentence] of refused) {
		const answer = await post('/equipment/requests/new', { ...base, ...wrong });
		expect([answer.status(), (await answer.text()).includes(sentence)], sentence).toEqual([422, true]);
	}
	expect(rowsIn(server, 'SELECT id FROM request WHERE id = ?', base.id)).toEqual([]);
	// Without a script the same form does the same, once.
	for (let n = 0; n < 2; n++) expect((await post('/equipment/requests/new', base)).status()).toBe(303);
	expect(rowsIn(server, `SELECT deed FROM request_deed WHERE request = ? ORDER BY id`, base.id)).toEqual([
		'draft',
		'send'
	]);
});
