/**
 * Moves between the rows of a table by key: j or ↓ next, k or ↑ the one before, x or space ticks, Enter opens. Only while the focus
 * is in the table, and never while somebody types: single letters that always listen get in the way of speech input (WCAG 2.1.4).
 */
const steps: Partial<Record<string, 1 | -1>> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

export function rowKeys(box: HTMLElement): () => void {
	const rows = () => [...box.querySelectorAll<HTMLElement>('tbody > tr')];
	const linkOf = (row: HTMLElement | undefined) => row?.querySelector<HTMLElement>('a');
	const boxOf = (row: HTMLElement | undefined) => row?.querySelector<HTMLInputElement>('input[type="checkbox"]');

	function press(event: KeyboardEvent) {
		if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !(event.target instanceof Element))
			return;
		if (event.target.matches('input:not([type="checkbox"]), textarea, select')) return;
		const all = rows();
		const here = all.findIndex((row) => row.contains(event.target as Element));
		const step = steps[event.key];
		if (step) {
			// Nowhere yet: down is the first row, up the last.
			const next = here < 0 ? all.at(step === 1 ? 0 : -1) : all[here + step];
			linkOf(next)?.focus();
		} else if (event.key === 'x' || event.key === ' ') {
			// On the box itself the browser ticks at a space; the region without a row scrolls.
			if (here < 0 || (event.key === ' ' && event.target.matches('input'))) return;
			boxOf(all[here])?.click();
		} else if (event.key === 'Enter' && event.target.matches('input')) linkOf(all[here])?.click();
		else return;
		event.preventDefault();
	}

	box.addEventListener('keydown', press);
	return () => box.removeEventListener('keydown', press);
}
