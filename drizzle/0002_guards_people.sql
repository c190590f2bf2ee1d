-- A person is a member of a body once at a time: two presses at the same moment must not make two (history rows are ended ones).
CREATE UNIQUE INDEX membership_open_once ON membership (person, association) WHERE endedOn IS NULL;

-- A membership binds a person and a body of one municipality; a foreign key alone would let them be of two.
CREATE TRIGGER membership_one_municipality BEFORE INSERT ON membership
WHEN (SELECT municipality FROM person WHERE id = NEW.person) <> NEW.municipality
  OR (SELECT municipality FROM association WHERE id = NEW.association) <> NEW.municipality
BEGIN SELECT RAISE(ABORT, 'a membership joins two municipalities'); END;

-- Which membership it is never changes; only the duty and the end do, and an end stays.
CREATE TRIGGER membership_stays BEFORE UPDATE ON membership
WHEN NEW.person <> OLD.person OR NEW.association <> OLD.association OR NEW.joinedOn <> OLD.joinedOn
  OR (OLD.endedOn IS NOT NULL AND NEW.endedOn IS NOT OLD.endedOn)
BEGIN SELECT RAISE(ABORT, 'a membership is not rewritten'); END;

-- Each role has its own kind of reach; a grant without it would reach nothing, one with another would reach too much.
CREATE TRIGGER role_grant_reach BEFORE INSERT ON role_grant
WHEN NOT (
     (NEW.role = 'leader' AND NEW.association IS NOT NULL AND NEW.section IS NULL AND NEW.school IS NULL)
  OR (NEW.role = 'school' AND NEW.school IS NOT NULL AND NEW.association IS NULL AND NEW.section IS NULL)
  OR (NEW.role IN ('safety', 'guidance', 'officer', 'approver') AND NEW.section IS NOT NULL AND NEW.association IS NULL AND NEW.school IS NULL)
  OR (NEW.role = 'admin' AND NEW.association IS NULL AND NEW.section IS NULL AND NEW.school IS NULL)
)
BEGIN SELECT RAISE(ABORT, 'the reach does not fit the role'); END;

CREATE TRIGGER role_grant_one_municipality BEFORE INSERT ON role_grant
WHEN (SELECT municipality FROM person WHERE id = NEW.person) <> NEW.municipality
  OR (NEW.association IS NOT NULL AND (SELECT municipality FROM association WHERE id = NEW.association) <> NEW.municipality)
  OR (NEW.section IS NOT NULL AND (SELECT municipality FROM section WHERE id = NEW.section) <> NEW.municipality)
  OR (NEW.school IS NOT NULL AND (SELECT municipality FROM school WHERE id = NEW.school) <> NEW.municipality)
BEGIN SELECT RAISE(ABORT, 'a role reaches into another municipality'); END;

-- Who held which role when is history: a role ends by a row of role_ending, never by rewriting the grant.
CREATE TRIGGER role_grant_no_update BEFORE UPDATE ON role_grant BEGIN SELECT RAISE(ABORT, 'role_grant is append-only'); END;
CREATE TRIGGER role_grant_no_delete BEFORE DELETE ON role_grant BEGIN SELECT RAISE(ABORT, 'role_grant is append-only'); END;
CREATE TRIGGER role_ending_no_update BEFORE UPDATE ON role_ending BEGIN SELECT RAISE(ABORT, 'role_ending is append-only'); END;
CREATE TRIGGER role_ending_no_delete BEFORE DELETE ON role_ending BEGIN SELECT RAISE(ABORT, 'role_ending is append-only'); END;

-- What a person agreed to, and when, must stand as it was.
CREATE TRIGGER consent_no_update BEFORE UPDATE ON consent BEGIN SELECT RAISE(ABORT, 'consent is append-only'); END;
CREATE TRIGGER consent_no_delete BEFORE DELETE ON consent BEGIN SELECT RAISE(ABORT, 'consent is append-only'); END;
CREATE TRIGGER consent_withdrawal_no_update BEFORE UPDATE ON consent_withdrawal BEGIN SELECT RAISE(ABORT, 'consent_withdrawal is append-only'); END;
CREATE TRIGGER consent_withdrawal_no_delete BEFORE DELETE ON consent_withdrawal BEGIN SELECT RAISE(ABORT, 'consent_withdrawal is append-only'); END;

-- A code opens once: of two devices claiming it together, the second finds it used, whatever the code above does.
CREATE TRIGGER invitation_used_once BEFORE UPDATE OF usedAt ON invitation
WHEN OLD.usedAt IS NOT NULL OR (NEW.usedAt IS NOT NULL AND OLD.revokedAt IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'the code is used or revoked'); END;

-- A second-factor code never opens twice: the step only goes forward.
CREATE TRIGGER second_factor_forward BEFORE UPDATE OF lastStep ON second_factor
WHEN NEW.lastStep <= OLD.lastStep
BEGIN SELECT RAISE(ABORT, 'a second-factor step is used twice'); END;

-- A link sets a password once.
CREATE TRIGGER password_link_once BEFORE UPDATE OF usedAt ON password_link
WHEN OLD.usedAt IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'the link is used'); END;
CREATE TRIGGER setup_link_once BEFORE UPDATE OF usedAt ON setup_link
WHEN OLD.usedAt IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'the link is used'); END;
