/** The thread of `readApart`: a reading connection of its own, which answers one query after the other. */
import { parentPort, workerData } from 'node:worker_threads';
import { connect } from './connect.ts';
import type { Answer, Question } from './apart.ts';

const connection = connect(workerData as string);
connection.pragma('query_only = ON');

function rowsOf({ sql, params, method }: Question): unknown {
	const statement = connection.prepare(sql);
	if (!statement.reader) return void statement.run(...params);
	return method === 'get' ? statement.raw().get(...params) : statement.raw().all(...params);
}

parentPort!.on('message', (question: Question) => {
	const { no } = question;
	let answer: Answer;
	try {
		answer = { no, rows: rowsOf(question) };
	} catch (error) {
		answer = { no, error: error instanceof Error ? error.message : String(error) };
	}
	parentPort!.postMessage(answer);
});
