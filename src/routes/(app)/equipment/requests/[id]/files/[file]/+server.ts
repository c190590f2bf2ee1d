import { disposition } from '#lib/equipment/attachment.ts';
import { attachmentOf } from '#lib/equipment/attachments.server.ts';
import { db } from '#lib/server/db/index.ts';
import { answer } from '#lib/server/http/answers.ts';
import { requireActor } from '#lib/server/http/forms.ts';

/** A file of a request, to whoever sees the request. Whatever its bytes are, it runs nothing and loads nothing here. */
export const GET = async (event) => {
	const { id, file } = event.params;
	const { name, type, bytes } = await attachmentOf(db, requireActor(event), id, file).catch(answer);
	return new Response(new Uint8Array(bytes), {
		headers: {
			'content-type': type,
			'content-disposition': disposition(name, type),
			'content-length': String(bytes.length),
			'content-security-policy':
				"default-src 'none'; sandbox; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
			'x-content-type-options': 'nosniff',
			'cache-control': 'private, no-store'
		}
	});
};
