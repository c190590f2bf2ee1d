/** `node src/demo/seed-cli.ts <file>`: the invented town in that file. Tests copy it for every worker. */
import { seedTown } from './seed.ts';

const file = process.argv[2];
if (!file) throw new Error('which file?');
await seedTown(file);
