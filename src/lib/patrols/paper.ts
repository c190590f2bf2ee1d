/**
 * The form in which a leader types a paper log in (代理入力), or corrects a log. It fills the same draft as the phone, so both
 * are read and refused by the same rules. Pure.
 */
import * as z from 'zod/mini';
import { blankCar, type Draft } from './draft.ts';
import { draftOfLog, logOf } from './filled.ts';
import { distanceSources, methods, otherKinds, programmes, weathers, type LogPayload } from './log.ts';

const typed = (most: number) => z._default(z.string().check(z.trim(), z.maxLength(most, 'error_too_long')), '');
const list = z._default(z.array(z.string()), []);
const ticked = z._default(z.string(), '');
const maybe = <const T extends readonly [string, ...string[]]>(values: T) =>
	z._default(z.enum([...values, ''], 'error_input'), '');

const boxes = {
	association: z.string('error_required').check(z.minLength(1, 'error_required')),
	programme: z.enum(programmes, 'error_required'),
	shift: typed(40),
	jointly: list,
	on: typed(20),
	assembled: typed(20),
	departed: typed(20),
	finished: typed(20),
	dismissed: typed(20),
	people: list,
	/** One name a line. */
	names: typed(2000),
	leader: typed(40),
	method: z.enum(methods, 'error_required'),
	/** `post:<id>` or `route:<id>`. */
	place: typed(50),
	km: typed(20),
	kmFrom: maybe(distanceSources),
	weather: maybe(weathers),
	policeCalled: typed(20),
	remarks: typed(2000),
	handOver: typed(1000),
	vehicle: typed(40),
	odometerStart: typed(20),
	odometerEnd: typed(20),
	blueLight: ticked,
	announced: ticked,
	cardHolder: ticked,
	children: typed(5),
	parents: typed(5),
	residents: typed(5),
	school: typed(5),
	fireBrigade: typed(5),
	police: typed(5),
	cityStaff: typed(5)
};
const shape = z.object(boxes);
type Boxes = z.output<typeof shape>;

const heads = (text: string) => Number(text.normalize('NFKC'));

/** What stands in the boxes as a draft. */
function draftOf(form: Boxes): Draft {
	const place = /^(post|route):(.+)$/.exec(form.place);
	return {
		v: 1,
		phase: 'form',
		typed: true,
		body: { type: 'association', id: form.association, name: '' },
		programme: form.programme,
		jointly: form.jointly.filter((one) => one !== form.association),
		...(form.shift && { shift: form.shift }),
		name: '',
		on: form.on.normalize('NFKC'),
		assembled: form.assembled,
		departed: form.departed,
		finished: form.finished,
		dismissed: form.dismissed,
		people: form.people,
		names: form.names.split('\n').flatMap((line) => (line.trim() ? [line.trim()] : [])),
		leader: form.leader,
		others: Object.fromEntries(otherKinds.flatMap((kind) => (form[kind] ? [[kind, heads(form[kind])]] : []))),
		method: form.method,
		route: place?.[1] === 'route' ? place[2]! : '',
		post: place?.[1] === 'post' ? place[2]! : '',
		km: form.km,
		kmFrom: form.kmFrom || undefined,
		weather: form.weather || undefined,
		policeCalled: form.policeCalled,
		remarks: form.remarks,
		handOver: form.handOver,
		car: {
			...blankCar,
			vehicle: form.vehicle,
			odometerStart: form.odometerStart,
			odometerEnd: form.odometerEnd,
			blueLight: form.blueLight !== '',
			announced: form.announced !== '',
			cardHolder: form.cardHolder !== ''
		},
		findings: [],
		track: []
	};
}

type Read = { association: string; payload: LogPayload };

/** Reads the boxes, or says at which box what is wrong. */
function read<F extends Boxes>(form: F): { read: Read } | { errors: Record<string, string | undefined> } {
	const errors: Record<string, string | undefined> = {};
	for (const kind of otherKinds)
		if (form[kind] && !/^\d{1,3}$/.test(form[kind].normalize('NFKC'))) errors[kind] = 'error_number';
	const filled = Object.keys(errors).length > 0 ? { errors } : logOf(draftOf(form));
	return 'log' in filled ? { read: { association: form.association, payload: filled.log } } : filled;
}

/** The refusals of `read` as issues at their boxes, so that every box is marked at once. */
const refused = (input: unknown, errors: Record<string, string | undefined>) =>
	Object.entries(errors).map(([field, message = 'error_input']) => ({
		code: 'custom' as const,
		input,
		message,
		path: [field]
	}));

export const paperForm = z.pipe(
	shape,
	z.transform((form, context) => {
		const found = read(form);
		if ('read' in found) return found.read;
		context.issues.push(...refused(form, found.errors));
		return z.NEVER;
	})
);

/** The same boxes for a correction: why, and which version was on the screen. */
export const correctionForm = z.pipe(
	z.object({
		...boxes,
		reason: typed(300),
		seen: z.coerce.number('error_input').check(z.gte(1, 'error_input'))
	}),
	z.transform((form, context) => {
		const found = read(form);
		if ('read' in found) return { ...found.read, reason: form.reason, seen: form.seen };
		context.issues.push(...refused(form, found.errors));
		return z.NEVER;
	})
);

/** The boxes as a page fills them: one value a name, lists for ticks. */
export type PaperValues = Record<string, string | string[] | undefined>;

/** What stands in a box now: one value, or the ticked ones. */
export const boxesOf = (values: () => PaperValues) => ({
	one(name: string): string {
		const value = values()[name];
		return typeof value === 'string' ? value : '';
	},
	many(name: string): string[] {
		const value = values()[name];
		return Array.isArray(value) ? value : [];
	}
});

/** The boxes filled from a log that is to be corrected. */
export function valuesOf(association: string, payload: LogPayload): PaperValues {
	const draft = draftOfLog(payload, '', { type: 'association', id: association, name: '' }, '');
	const { car, others, names, route, post, ...rest } = draft;
	return {
		association,
		programme: rest.programme,
		shift: rest.shift,
		jointly: rest.jointly,
		on: rest.on,
		assembled: rest.assembled,
		departed: rest.departed,
		finished: rest.finished,
		dismissed: rest.dismissed,
		people: rest.people,
		names: names.join('\n'),
		leader: rest.leader,
		method: rest.method,
		place: route ? `route:${route}` : post ? `post:${post}` : '',
		km: rest.km,
		kmFrom: rest.kmFrom,
		weather: rest.weather,
		policeCalled: rest.policeCalled,
		remarks: rest.remarks,
		handOver: rest.handOver,
		vehicle: car.vehicle,
		odometerStart: car.odometerStart,
		odometerEnd: car.odometerEnd,
		blueLight: car.blueLight ? 'on' : '',
		announced: car.announced ? 'on' : '',
		cardHolder: car.cardHolder ? 'on' : '',
		...Object.fromEntries(otherKinds.map((kind) => [kind, others[kind]?.toString() ?? '']))
	};
}
