import { defineConfig } from 'drizzle-kit';

export default defineConfig({
	dialect: 'sqlite',
	schema: ['./src/lib/server/db/trail.ts', './src/lib/*/tables.server.ts'],
	out: './drizzle'
});
