import { photoOf } from '#lib/patrols/findingReads.server.ts';
import { db } from '#lib/server/db/index.ts';
import { answer } from '#lib/server/http/answers.ts';
import { requireActor } from '#lib/server/http/forms.ts';

/** A photo, only to those who see its finding. Never shown as a page of its own: whatever its bytes are, they are a download. */
export const GET = async (event) => {
	const actor = requireActor(event);
	try {
		const { type, bytes } = await photoOf(db, actor, event.params.sha256);
		return new Response(new Uint8Array(bytes), {
			headers: {
				'content-type': type,
				'content-disposition': `attachment; filename="${event.params.sha256.slice(0, 12)}"`,
				'x-content-type-options': 'nosniff',
				'cache-control': 'private, no-store'
			}
		});
	} catch (thrown) {
		return answer(thrown);
	}
};
