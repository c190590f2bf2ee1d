/** What the invented bodies hand in with a request, and how they sign. Made by code, the same on every machine. */
import { crc32, deflateSync } from 'node:zlib';
import { begin, BOX, draw } from '#lib/ui/strokes.ts';
import type { Sent } from '#lib/equipment/attachments.server.ts';

/** A page of A4 with these lines. Its letters come from the reader's own Japanese font, so nothing is carried along. */
function pdf(title: string, lines: readonly string[]): Buffer {
	const hex = (text: string) => `<${Buffer.from(text, 'utf16le').swap16().toString('hex')}>`;
	const text = [`BT /F 18 Tf 70 760 Td ${hex(title)} Tj ET`];
	for (const [n, line] of lines.entries()) text.push(`BT /F 11 Tf 70 ${720 - n * 22} Td ${hex(line)} Tj ET`);
	const drawn = text.join('\n');
	const objects = [
		'<< /Type /Catalog /Pages 2 0 R >>',
		'<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
		'<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>',
		`<< /Length ${drawn.length} >>\nstream\n${drawn}\nendstream`,
		'<< /Type /Font /Subtype /Type0 /BaseFont /HeiseiKakuGo-W5 /Encoding /UniJIS-UTF16-H /DescendantFonts [6 0 R] >>',
		`<< /Type /Font /Subtype /CIDFontType0 /BaseFont /HeiseiKakuGo-W5 /DW 1000 /W [1 95 500] /FontDescriptor 7 0 R
/CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 2 >> >>`,
		`<< /Type /FontDescriptor /FontName /HeiseiKakuGo-W5 /Flags 4 /FontBBox [-92 -250 1010 922] /ItalicAngle 0
/Ascent 752 /Descent -221 /CapHeight 737 /StemV 114 >>`
	];
	let file = '%PDF-1.4\n';
	const at = objects.map((object, n) => {
		const start = file.length;
		file += `${n + 1} 0 obj\n${object}\nendobj\n`;
		return `${String(start).padStart(10, '0')} 00000 n \n`;
	});
	const size = objects.length + 1;
	const xref = `xref\n0 ${size}\n0000000000 65535 f \n${at.join('')}`;
	return Buffer.from(
		`${file}${xref}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`,
		'latin1'
	);
}

/** Digits of 3 × 5 dots, a row to an octal digit. */
const digits = ['75557', '26227', '71747', '71717', '55711', '74717', '74757', '71222', '75757', '75717'];
const CELL = 48;

/** A picture of 31 days, seven to a row, with the days of the patrols in another colour. */
function calendar(marked: readonly number[]): Buffer {
	const [across, down] = [7 * CELL, 5 * CELL];
	/** 0 paper · 1 line · 2 day of a patrol · 3 digit. */
	const dots = new Uint8Array(across * down);
	const fill = (x: number, y: number, width: number, height: number, colour: number) => {
		for (let row = y; row < y + height; row++) dots.fill(colour, row * across + x, row * across + x + width);
	};
	for (let cell = 0; cell < 35; cell++) {
		const [x, y, day] = [(cell % 7) * CELL, Math.floor(cell / 7) * CELL, cell + 1];
		fill(x, y, CELL, CELL, 1);
		fill(x + 1, y + 1, CELL - 2, CELL - 2, marked.includes(day) ? 2 : 0);
		if (day > 31) continue;
		for (const [n, digit] of [...String(day)].entries())
			for (const [row, bits] of [...digits[Number(digit)]!].entries())
				for (const bit of [0, 1, 2])
					if (Number(bits) & (4 >> bit)) fill(x + 6 + n * 16 + bit * 4, y + 8 + row * 4, 4, 4, 3);
	}
	const rows = Array.from({ length: down }, (_, y) =>
		Buffer.concat([Buffer.of(0), dots.subarray(y * across, (y + 1) * across)])
	);
	const head = Buffer.alloc(13);
	head.writeUInt32BE(across, 0);
	head.writeUInt32BE(down, 4);
	head.set([8, 3, 0, 0, 0], 8);
	return Buffer.concat([
		Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
		chunk('IHDR', head),
		chunk('PLTE', Buffer.of(255, 255, 255, 178, 184, 196, 255, 214, 120, 26, 32, 44)),
		chunk('IDAT', deflateSync(Buffer.concat(rows))),
		chunk('IEND', Buffer.alloc(0))
	]);
}

function chunk(kind: string, body: Buffer): Buffer {
	const whole = Buffer.alloc(body.length + 12);
	whole.writeUInt32BE(body.length, 0);
	whole.write(kind, 4, 'latin1');
	body.copy(whole, 8);
	whole.writeUInt32BE(crc32(whole.subarray(4, body.length + 8)), body.length + 8);
	return whole;
}

/** A plan of activities as a paper, and its days as a picture. */
export const planFiles = (): Sent[] => [
	{
		name: '活動計画.pdf',
		bytes: pdf('活動計画', [
			'団体名　　本町北町会',
			'活動の内容　登下校の見守り、夜間パトロール',
			'曜日と時間　毎週火・木曜日 7:30〜8:10、第2・第4土曜日 19:30〜20:30',
			'参加者　　毎回 6〜8人',
			'使う資機材　パトロール用ベスト、腕章'
		])
	},
	{ name: '活動計画_夜間パトロールの日.png', bytes: calendar([14, 28]) }
];

/** How somebody signs: a stroke or two for each letter of the name, which bend by the letter. */
export function signatureOf(name: string): string {
	const letters = [...name].filter((letter) => letter !== ' ' && letter !== '　');
	const step = (BOX.width - 40) / letters.length;
	let path = '';
	for (const [n, letter] of letters.entries())
		for (const half of [0, 1]) {
			const bend = (letter.codePointAt(0)! * (half + 3)) % 17;
			const pointAt = (t: number) => ({
				x: 20 + step * (n + 0.1 + 0.75 * t + 0.08 * Math.sin(t * bend)),
				y: 50 + (half ? 20 : -14) * Math.cos(t * (3 + bend / 3)) + (half ? 26 * t - 10 : 8 * Math.sin(bend + 5 * t))
			});
			let last = pointAt(0);
			path = begin(path, last);
			for (let t = 0.05; t <= 1; t += 0.05) ({ path, last } = draw(path, last, pointAt(t)));
		}
	return path;
}
