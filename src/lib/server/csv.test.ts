import { expect, it } from 'vitest';
import { csvSteps, toCsv, toCsvOf } from './csv.ts';

async function* of(...steps: (string | number | null)[][][]) {
	for (const rows of steps) yield await Promise.resolve(rows);
}
/** With its first sign: `text()` would take it off. */
const textOf = async (answer: Response) =>
	new TextDecoder('utf-8', { ignoreBOM: true }).decode(await answer.arrayBuffer());

it('a table in steps is the same file as in one piece', async () => {
	const rows = [
		['髙橋 "𠮷"', 1, null],
		['=1+1', -2, '二行\nです'],
		['', 0, 'a,b']
	];
	const [first, ...rest] = rows;
	const steps = csvSteps('t', ['名', '数', '他'], of([first!], [], rest));
	expect(await textOf(steps)).toBe(toCsv(['名', '数', '他'], rows));
	expect(await textOf(csvSteps('t', ['名'], of()))).toBe('\uFEFF名\r\n');
	expect(steps.headers.get('content-disposition')).toBe('attachment; filename="t.csv"');
});

it('a cell is quoted where it must be, and no cell is run', async () => {
	const cells = ['a"b', 'a,b', '一行\n二行', '一行\r二行', ' ="x"', '-1', '２', '', 'ただの文'];
	const line = '"a""b","a,b","一行\n二行","一行\r二行","\' =""x""",\'-1,２,,ただの文\r\n';
	expect(toCsv(['名'], [cells])).toBe(`\uFEFF名\r\n${line}`);
	const bytes = await toCsvOf(['名'], of([cells], [], [[1.5, -2, null]]));
	expect(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)).toBe(`\uFEFF名\r\n${line}1.5,-2,\r\n`);
});

it('half a table is never taken for a whole one', async () => {
	async function* broken() {
		yield await Promise.resolve([[1]]);
		throw new Error('the disk is gone');
	}
	await expect(csvSteps('t', ['数'], broken()).text()).rejects.toThrow('the disk is gone');
});
