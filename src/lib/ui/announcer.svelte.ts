/** What just happened, said once in a corner of the page and to screen readers. For things that need no answer. */
class Announcer {
	text = $state('');
	#timer: ReturnType<typeof setTimeout> | undefined;

	/** Says it now and forgets it after a while long enough to read. */
	say(text: string) {
		clearTimeout(this.#timer);
		this.text = text;
		this.#timer = setTimeout(() => (this.text = ''), 6000 + text.length * 120);
	}
}

export const announcer = new Announcer();
