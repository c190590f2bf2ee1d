/** Pieces while they are being typed, for the preview of the store: what is no number yet counts as none. */
import { pieces } from '#lib/equipment/item.ts';

export const typedPieces = (text: string | undefined): number => pieces(0).safeParse(text ?? '').data ?? 0;
