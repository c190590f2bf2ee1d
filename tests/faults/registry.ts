/**
 * Every fault we have thought of that can lose or double a record, each with the test that shows we survive it. The ids are those of
 * the design and are never given again. `test` is a title, behind that of its `describe` where it would say too little alone; `also`: further tests that show another side of the same fault.
 */
import { client } from './registry-client.ts';
import { network } from './registry-network.ts';
import { server } from './registry-server.ts';

export type Shown = { file: string; test: string };
export type Entry = { id: string; fault: string; file: string; test: string; also?: Shown[] };

/** What the design names, id by id. */
export const ids: readonly string[] = [
	...Array.from({ length: 26 }, (_, n) => `C${n + 1}`),
	...Array.from({ length: 14 }, (_, n) => `N${n + 1}`),
	...Array.from({ length: 18 }, (_, n) => `S${n + 1}`)
];

export const registry: readonly Entry[] = [...client, ...network, ...server];
