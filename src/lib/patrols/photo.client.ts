/**
 * A photo of a finding, drawn anew on the phone: what leaves it is pixels only, without the place, time and owner a camera
 * writes into its files (EXIF), and small enough for a weak line.
 */

const longestSide = 1600;
const largest = 2 * 1024 * 1024;

/** JPEG of at most 1600 px and 2 MB. Rejects when the file is no picture this browser can draw. */
export async function redrawn(file: Blob): Promise<Uint8Array<ArrayBuffer>> {
	const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
	try {
		for (let side = longestSide, quality = 0.82; side >= 400; side = Math.round(side * 0.75), quality -= 0.08) {
			const jpeg = await drawn(picture, side, Math.max(0.5, quality));
			if (jpeg.size <= largest) return new Uint8Array(await jpeg.arrayBuffer());
		}
	} finally {
		picture.close();
	}
	throw new RangeError('a photo that cannot be made small enough');
}

function drawn(picture: ImageBitmap, side: number, quality: number): Promise<Blob> {
	const scale = Math.min(1, side / Math.max(picture.width, picture.height));
	const canvas = document.createElement('canvas');
	canvas.width = Math.max(1, Math.round(picture.width * scale));
	canvas.height = Math.max(1, Math.round(picture.height * scale));
	const pen = canvas.getContext('2d', { alpha: false });
	if (!pen) return Promise.reject(new Error('no canvas'));
	pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
	return new Promise((resolve, reject) =>
		canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/jpeg', quality)
	);
}
