/**
 * The protocol as a small pure world: phones, one server, a net that fails. It is what SYNC promises, written twice, so that
 * deliberate mutants of it show whether the invariants would notice.
 */
export type Mutant =
	| 'removeBeforeSend'
	| 'trustAny2xx'
	| 'trustAnyAnswer'
	| 'noDedup'
	| 'deleteOnReceipt'
	| 'noReofferAfterRestore'
	| 'poisonBlocks'
	| 'authorFromSession'
	/** Receipts are given before the server has committed. */
	| 'ackBeforeCommit'
	/** What needs another op is applied without it. */
	| 'depsIgnored'
	/** Whoever signs in next on the browser finds a clean slate. */
	| 'signInErases'
	/** After a crash an op gets a new id and is sent once more. */
	| 'newIdOnRetry';

/** What happens to one push: it arrives and is answered; or not. */
export type Net = 'fine' | 'cut' | 'answerLost' | 'captive' | 'foreignAnswer' | 'duplicated';
export type Step =
	| { is: 'finish'; phone: number; poison: boolean; needsLast: boolean }
	| { is: 'send'; phone: number; net: Net; batch: number }
	| { is: 'signIn'; phone: number; person: number }
	| { is: 'crash'; phone: number }
	/** The server dies after the work of a push and before its answer is out. */
	| { is: 'serverDies'; phone: number; batch: number }
	| { is: 'backup' }
	| { is: 'restore' };

type Op = { id: string; hash: string; author: number; seq: number; poison: boolean; needs: string | undefined };
type Kept = Op & { state: 'queued' | 'delivered' };
type Phone = {
	owner: number;
	session: number;
	seq: number;
	era: number | undefined;
	ops: Map<string, Kept>;
	last: string | undefined;
};
type Stored = Op & { appliedAs: number | undefined };
type Server = { era: number; ops: Map<string, Stored>; effects: Map<string, number>; order: string[] };
type Answer = { era: number; receipts: string[] } | 'otherPerson' | undefined;

const copyOf = (server: Server): Server => ({
	era: server.era,
	ops: new Map([...server.ops].map(([id, op]) => [id, { ...op }])),
	effects: new Map(server.effects),
	order: [...server.order]
});

export class World {
	readonly phones: Phone[];
	server: Server = { era: 1, ops: new Map(), effects: new Map(), order: [] };
	/** Every op a person was told is saved. */
	readonly saved = new Map<string, Op>();
	#backup: Server | undefined;
	readonly #mutant: Mutant | undefined;

	constructor(mutant: Mutant | undefined, phones = 2) {
		this.#mutant = mutant;
		this.phones = Array.from({ length: phones }, (_, n) => ({
			owner: n,
			session: n,
			seq: 0,
			era: undefined,
			ops: new Map(),
			last: undefined
		}));
	}

	take(step: Step): void {
		if (step.is === 'backup') this.#backup = copyOf(this.server);
		else if (step.is === 'restore') this.#restore();
		else {
			const phone = this.phones[step.phone % this.phones.length]!;
			if (step.is === 'finish') this.#finish(phone, step.poison, step.needsLast);
			else if (step.is === 'send') this.#send(phone, step.net, step.batch);
			else if (step.is === 'signIn') this.#signIn(phone, step.person % this.phones.length);
			else if (step.is === 'serverDies') this.#die(phone, step.batch);
			else if (this.#mutant === 'newIdOnRetry') this.#rename(phone);
			// A crash forgets what was only in memory: nothing of the queue is.
		}
	}

	/** The faults stop: everybody is signed in again and sends until nothing moves. */
	heal(): void {
		for (let round = 0; round < 4; round++)
			for (const phone of this.phones) {
				phone.session = phone.owner;
				for (let push = 0; push < 50 && this.#send(phone, 'fine', 5); push++);
			}
	}

	#finish(phone: Phone, poison: boolean, needsLast: boolean): void {
		const id = `${phone.owner}-${++phone.seq}`;
		const needs = needsLast ? phone.last : undefined;
		const op: Op = { id, hash: `#${id}`, author: phone.owner, seq: phone.seq, poison, needs };
		phone.ops.set(id, { ...op, state: 'queued' });
		phone.last = id;
		this.saved.set(id, op);
	}

	#signIn(phone: Phone, person: number): void {
		if (this.#mutant === 'signInErases' && person !== phone.session) phone.ops.clear();
		phone.session = person;
	}

	/** Killed while a push is under way: what was not committed is gone, and nobody has been told otherwise. */
	#die(phone: Phone, batch: number): void {
		const ops = [...phone.ops.values()].filter((op) => op.state === 'queued').slice(0, batch);
		if (ops.length === 0) return;
		const before = copyOf(this.server);
		const answer = this.#receive(phone.session, ops);
		this.server = before;
		if (this.#mutant === 'ackBeforeCommit' && typeof answer === 'object')
			this.#delivered(phone, answer.receipts, answer.era);
	}

	#rename(phone: Phone): void {
		for (const op of [...phone.ops.values()])
			if (op.state === 'queued') {
				phone.ops.delete(op.id);
				phone.ops.set(`${op.id}'`, { ...op, id: `${op.id}'` });
			}
	}

	/** One push. True when something is left to send and the last push moved something. */
	#send(phone: Phone, net: Net, batch: number): boolean {
		const ops = [...phone.ops.values()].filter((op) => op.state === 'queued').slice(0, batch);
		if (ops.length === 0) return net === 'fine' && this.#meet(phone, this.server.era);
		if (this.#mutant === 'removeBeforeSend') for (const op of ops) phone.ops.delete(op.id);
		if (net === 'cut') return false;
		if (net === 'captive') {
			if (this.#mutant === 'trustAny2xx')
				this.#delivered(
					phone,
					ops.map((op) => op.hash),
					this.server.era
				);
			return false;
		}
		if (net === 'foreignAnswer') {
			// Another server, or receipts of other hashes.
			if (this.#mutant === 'trustAnyAnswer')
				this.#delivered(
					phone,
					ops.map((op) => op.hash),
					this.server.era
				);
			return false;
		}
		let answer = this.#receive(phone.session, ops);
		if (net === 'duplicated') answer = this.#receive(phone.session, ops);
		if (net === 'answerLost' || answer === undefined || answer === 'otherPerson') return false;
		this.#meet(phone, answer.era);
		this.#delivered(phone, answer.receipts, answer.era);
		return true;
	}

	/** Hears which era it is, with or without something to send. True when everything is to be offered again. */
	#meet(phone: Phone, era: number): boolean {
		const restored = phone.era !== undefined && phone.era !== era;
		phone.era = era;
		if (!restored || this.#mutant === 'noReofferAfterRestore') return false;
		for (const op of phone.ops.values()) op.state = 'queued';
		return true;
	}

	#delivered(phone: Phone, hashes: string[], era: number): void {
		phone.era = era;
		for (const op of phone.ops.values())
			if (hashes.includes(op.hash)) {
				if (this.#mutant === 'deleteOnReceipt') phone.ops.delete(op.id);
				else op.state = 'delivered';
			}
	}

	#receive(session: number, ops: Op[]): Answer {
		if (this.#mutant !== 'authorFromSession' && ops.every((op) => op.author !== session)) return 'otherPerson';
		if (this.#mutant === 'poisonBlocks' && ops.some((op) => op.poison)) return undefined;
		const receipts: string[] = [];
		for (const op of ops) {
			const author = this.#mutant === 'authorFromSession' ? session : op.author;
			if (!this.server.ops.has(op.id) || this.#mutant === 'noDedup') {
				this.server.ops.set(op.id, { ...op, author, appliedAs: undefined });
				this.#apply(op.id);
			}
			receipts.push(op.hash);
		}
		return { era: this.server.era, receipts };
	}

	#apply(id: string): void {
		const op = this.server.ops.get(id)!;
		const free = op.needs === undefined || this.#mutant === 'depsIgnored';
		if (!free && this.server.ops.get(op.needs!)?.appliedAs === undefined) return;
		op.appliedAs = this.server.order.push(id);
		if (!op.poison) this.server.effects.set(id, (this.server.effects.get(id) ?? 0) + 1);
		for (const waiting of this.server.ops.values())
			if (waiting.needs === id && waiting.appliedAs === undefined) this.#apply(waiting.id);
	}

	#restore(): void {
		if (!this.#backup) return;
		const era = this.server.era + 1;
		this.server = { ...copyOf(this.#backup), era };
	}

	/** What must hold at any moment. Returns what does not. */
	wrong(): string | undefined {
		for (const op of this.saved.values()) {
			const kept = this.phones[op.author]!.ops.get(op.id);
			const stored = this.server.ops.get(op.id);
			if (!kept && !stored) return `I1: ${op.id} is nowhere`;
			if ((this.server.effects.get(op.id) ?? 0) > 1) return `I2: ${op.id} counts twice`;
			const known = this.phones[op.author]!.era === this.server.era;
			if (kept?.state === 'delivered' && known && stored?.hash !== op.hash) return `I3: ${op.id} is not there`;
			if (stored && stored.author !== op.author) return `I5: ${op.id} changed its author`;
			const needed = op.needs === undefined ? undefined : this.server.ops.get(op.needs);
			const after = needed?.appliedAs ?? Infinity;
			if (stored?.appliedAs !== undefined && op.needs !== undefined && !(after < stored.appliedAs))
				return `I6: ${op.id} before what it needs`;
		}
		return undefined;
	}

	/** What must hold after `heal`. */
	wrongAtRest(): string | undefined {
		for (const op of this.saved.values()) {
			if (!this.server.ops.has(op.id)) return `I4, I12: ${op.id} never arrived`;
			if (!op.poison && this.server.effects.get(op.id) !== 1) return `I8: ${op.id} has no effect`;
		}
		return this.wrong();
	}
}
