/** What stands in the boxes of a desk: what is being typed, else what came back with an answer, else what was there at first. */
export class Boxes {
	#typed = $state<Record<string, string>>({});
	#sent: () => Record<string, unknown> | undefined;

	constructor(sent: () => Record<string, unknown> | undefined) {
		this.#sent = sent;
	}

	of(name: string, first: string): string {
		const sent = this.#sent()?.[name];
		return this.#typed[name] ?? (typeof sent === 'string' ? sent : first);
	}

	set(name: string, value: string): void {
		this.#typed[name] = value;
	}
}
