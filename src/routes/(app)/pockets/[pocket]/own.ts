/** Many small forms on one page: each finds its own errors and what was typed in it. */
export type Came = { values: Record<string, string | string[]>; errors: Record<string, string> } | null | undefined;

/** What came back for the form that carries this name in its hidden box `form`; `id` keeps boxes of the same name apart. */
export function ownOf(came: Came, name: string) {
	const mine = came?.values?.['form'] === name ? came : undefined;
	return {
		mine: mine !== undefined,
		id: (box: string) => `field-${name}-${box}`,
		value: (box: string): string | undefined => {
			const value = mine?.values[box];
			return typeof value === 'string' ? value : undefined;
		},
		error: (box: string): string | undefined => mine?.errors[box],
		/** For the list above the form, which leads to the boxes by their names. What concerns no box is said above the page. */
		errors:
			mine &&
			Object.fromEntries(
				Object.entries(mine.errors).flatMap(([box, said]) => (box === 'form' ? [] : [[`${name}-${box}`, said]]))
			)
	};
}
export type Own = ReturnType<typeof ownOf>;
