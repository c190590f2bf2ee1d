/** Hands a mail to the server of `SMTP_URL`. */
import { createTransport } from 'nodemailer';

export type Mail = { to: string; subject: string; text: string };
export type SendMail = (mail: Mail) => Promise<void>;

/** `url` as nodemailer reads it: `smtps://user:password@host`. A server that says nothing holds nobody up for longer than this. */
export function mailer(url: string, from: string, timeout = 15_000): SendMail {
	const transport = createTransport({
		url,
		connectionTimeout: timeout,
		greetingTimeout: timeout,
		socketTimeout: timeout,
		dnsTimeout: timeout,
		disableFileAccess: true,
		disableUrlAccess: true
	});
	return async ({ to, subject, text }) => {
		// An object, not a string: no address is read as two.
		await transport.sendMail({
			from,
			to: { name: '', address: to },
			subject,
			text,
			headers: { 'Auto-Submitted': 'auto-generated' }
		});
	};
}
