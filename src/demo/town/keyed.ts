import { demoId } from '../ids.ts';

/** Things by name, each with the fixed id that follows from its kind and its place in the list. */
export const keyed = <K extends string, T extends object>(kind: number, things: Record<K, T>) =>
	Object.fromEntries(
		Object.entries<T>(things).map(([key, thing], n) => [key, { id: demoId('people', kind, n + 1), ...thing }])
	) as Record<K, T & { id: string }>;
