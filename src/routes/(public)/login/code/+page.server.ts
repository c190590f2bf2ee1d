import { redirect, type RequestEvent } from '@sveltejs/kit';
import { toDataURL } from 'qrcode';
import * as z from 'zod/mini';
import { endStep, passStep, stepOf } from '#lib/people/entering.server.ts';
import { ownPath } from '#lib/people/login.ts';
import type { Actor } from '#lib/people/permissions.ts';
import * as factor from '#lib/people/second-factor.server.ts';
import { countTry, forgetTries } from '#lib/people/throttle.server.ts';
import { db, transaction, type Tx } from '#lib/server/db/index.ts';
import { RuleBroken } from '#lib/server/errors.ts';
import { enter } from '#lib/server/http/enter.ts';
import { openForm } from '#lib/server/http/open-form.ts';
import { dropStep, readStep } from '#lib/server/http/session-cookie.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { actor } = await whoWaits(event);
	const next = ownPath(event.url.searchParams.get('next'));
	if (await factor.hasSecondFactor(db, actor.person)) return { next, enrol: undefined };
	const issuer = `みまもりポケット ${event.locals.municipality!.name}`;
	const enrol = await transaction((tx) => factor.beginEnrolment(tx, actor, actor.name, issuer));
	return {
		next,
		enrol: enrol && { secret: enrol.secret, qr: await toDataURL(enrol.address, { margin: 2, scale: 6 }) }
	};
};

const codeForm = z.object({ code: z.string().check(z.maxLength(40, 'error_too_long')), next: z.optional(z.string()) });

export const actions: Actions = {
	/** The code of the telephone, or one from paper. At the first sign-in it confirms the telephone and yields the codes for paper. */
	default: openForm(codeForm, async (input, event): Promise<string | { codes: string[] }> => {
		const { actor, passed } = await whoWaits(event);
		const counted = { kind: 'account', key: `factor:${actor.person}` } as const;
		if (!passed) await countTry(counted);
		const codes = passed ? undefined : await transaction((tx) => check(tx, actor, input.code, readStep(event)!));
		if (codes) return { codes };
		await forgetTries(counted);
		await transaction(async (tx) => {
			await endStep(tx, readStep(event)!);
			await enter(tx, event, actor, 'password');
		});
		dropStep(event);
		return ownPath(input.next);
	})
};

/** Throws when the code is wrong. Returns the recovery codes when it confirmed a new telephone: they are shown this once. */
async function check(tx: Tx, actor: Actor, code: string, step: string): Promise<string[] | undefined> {
	const now = new Date();
	const enrolled = await factor.hasSecondFactor(tx, actor.person);
	const codes = enrolled ? undefined : await factor.confirmEnrolment(tx, actor, code, now);
	const right =
		codes ??
		(enrolled &&
			((await factor.useTotp(tx, actor.person, code, now)) || (await factor.useRecoveryCode(tx, actor, code, now))));
	if (!right) throw new RuleBroken('error_second_factor', 'code');
	if (codes) await passStep(tx, step);
	return codes;
}

async function whoWaits(event: RequestEvent) {
	const here = event.locals.municipality;
	const step = here && (await stepOf(db, here.id, readStep(event), new Date()));
	if (!step) redirect(303, '/login');
	return step;
}
