-- A place can never be given twice: the unique indexes `seat_once` and `sign_up_once` hold one active sign-up per seat and
-- per person; this trigger keeps the seats within the capacity. Fifty people pressing at once overbook a shift whose
-- capacity is only looked at before the INSERT.
-- Nobody joins a watch that is called off or over: a phone may offer a promise days after it was made.
CREATE TRIGGER sign_up_within_shift BEFORE INSERT ON sign_up
BEGIN
	SELECT RAISE(ABORT, 'guard: no such seat')
		WHERE NEW.seat < 1 OR NEW.seat > (SELECT capacity FROM shift WHERE id = NEW.shift);
	SELECT RAISE(ABORT, 'guard: the shift is cancelled')
		WHERE EXISTS (SELECT 1 FROM shift_cancelling WHERE shift = NEW.shift);
	SELECT RAISE(ABORT, 'guard: the shift is over')
		WHERE NEW.at >= (SELECT endsAt FROM shift WHERE id = NEW.shift);
END;
--> statement-breakpoint
-- A sign-up is a fact: it may only end, once.
CREATE TRIGGER sign_up_only_ends BEFORE UPDATE ON sign_up
WHEN OLD.endedAt IS NOT NULL OR NEW.endedAt IS NULL OR NEW.shift <> OLD.shift OR NEW.person <> OLD.person
	OR NEW.seat <> OLD.seat OR NEW.at <> OLD.at
BEGIN
	SELECT RAISE(ABORT, 'guard: a sign-up may only end');
END;
--> statement-breakpoint
CREATE TRIGGER sign_up_stays BEFORE DELETE ON sign_up
BEGIN
	SELECT RAISE(ABORT, 'guard: sign-ups are kept');
END;
--> statement-breakpoint
-- People wrote the time and place of their watch into their calendars: once anybody has joined, it stays where it is.
CREATE TRIGGER shift_stays_once_joined BEFORE UPDATE OF onDay, "from", "to", startsAt, endsAt, place, association ON shift
WHEN EXISTS (SELECT 1 FROM sign_up WHERE shift = OLD.id)
BEGIN
	SELECT RAISE(ABORT, 'guard: somebody joined this shift');
END;
--> statement-breakpoint
-- Making a watch smaller must not take a seat from under somebody.
CREATE TRIGGER shift_keeps_taken_seats BEFORE UPDATE OF capacity ON shift
WHEN NEW.capacity < (SELECT coalesce(max(seat), 0) FROM sign_up WHERE shift = OLD.id AND endedAt IS NULL)
BEGIN
	SELECT RAISE(ABORT, 'guard: a taken seat would vanish');
END;
--> statement-breakpoint
-- 中止 is final: who was told it is off must not be expected again.
CREATE TRIGGER shift_cancelling_stays BEFORE DELETE ON shift_cancelling
BEGIN
	SELECT RAISE(ABORT, 'guard: a cancelled shift stays cancelled');
END;
