/** An address as a QR code that a page draws itself: one path of dark runs, a module a unit. */
import QRCode from 'qrcode';

export type QrPath = { size: number; path: string };

export function qrOf(address: string): QrPath {
	const { size, data } = QRCode.create(address, { errorCorrectionLevel: 'M' }).modules;
	let path = '';
	for (let y = 0; y < size; y++)
		for (let x = 0; x < size; x++) {
			if (!data[y * size + x]) continue;
			const from = x;
			while (x + 1 < size && data[y * size + x + 1]) x++;
			path += `M${from} ${y}h${x - from + 1}v1H${from}z`;
		}
	return { size, path };
}
