-- What officers wrote, typed and graded is published and closed with the year: each saving is a row of its own, the one before stays as it was.
CREATE TRIGGER `cell_text_kept` BEFORE UPDATE ON `cell_text` BEGIN SELECT RAISE(ABORT, 'guard: what was written stays'); END;
--> statement-breakpoint
CREATE TRIGGER `cell_text_stays` BEFORE DELETE ON `cell_text` BEGIN SELECT RAISE(ABORT, 'guard: what was written stays'); END;
--> statement-breakpoint
CREATE TRIGGER `typed_figure_kept` BEFORE UPDATE ON `typed_figure` BEGIN SELECT RAISE(ABORT, 'guard: what was typed stays'); END;
--> statement-breakpoint
CREATE TRIGGER `typed_figure_stays` BEFORE DELETE ON `typed_figure` BEGIN SELECT RAISE(ABORT, 'guard: what was typed stays'); END;
--> statement-breakpoint
CREATE TRIGGER `evaluation_kept` BEFORE UPDATE ON `evaluation` BEGIN SELECT RAISE(ABORT, 'guard: what was graded stays'); END;
--> statement-breakpoint
CREATE TRIGGER `evaluation_stays` BEFORE DELETE ON `evaluation` BEGIN SELECT RAISE(ABORT, 'guard: what was graded stays'); END;
