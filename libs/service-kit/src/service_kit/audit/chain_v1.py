"""How an audit trail becomes a chain, as a migration does it. Frozen: what changes is a new migration.

The trigger keeps honest programs honest; whoever owns the tables can take it away, and is found out by `verifying`.
"""

STATEMENTS = """
ALTER TABLE audit_entry ADD COLUMN position BIGINT;

ALTER TABLE audit_entry ADD COLUMN previous_hash TEXT;

ALTER TABLE audit_entry ADD COLUMN hash TEXT;

COMMENT ON COLUMN audit_entry.position IS 'place in the chain; null until it is sealed';

COMMENT ON COLUMN audit_entry.hash IS 'SHA-256 over all of the entry and the hash before it';

CREATE UNIQUE INDEX uq_audit_entry_position ON audit_entry (position);

CREATE INDEX ix_audit_entry_unsealed ON audit_entry (id) WHERE position is null;

CREATE INDEX ix_audit_entry_subject_id ON audit_entry (subject, id);

CREATE TABLE audit_checkpoint (
    number BIGINT NOT NULL,
    position BIGINT NOT NULL,
    hash TEXT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    key TEXT NOT NULL,
    signature TEXT NOT NULL,
    CONSTRAINT pk_audit_checkpoint PRIMARY KEY (number)
);

COMMENT ON COLUMN audit_checkpoint.hash IS 'hash of the entry at that position';

COMMENT ON COLUMN audit_checkpoint.key IS 'id of the key that signed it';

COMMENT ON COLUMN audit_checkpoint.signature IS 'Ed25519, base64';

CREATE FUNCTION refuse_change_of_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF tg_op = 'UPDATE' AND tg_table_name = 'audit_entry' THEN
        IF old.position IS NULL AND new.position IS NOT NULL
           AND (new.id, new.at, new.actor, new.action, new.subject, new.detail::text)
               IS NOT DISTINCT FROM (old.id, old.at, old.actor, old.action, old.subject, old.detail::text)
        THEN
            RETURN new;
        END IF;
    END IF;
    RAISE EXCEPTION 'the audit trail is only ever added to' USING errcode = '42501';
END
$$;

CREATE TRIGGER audit_entry_only_grows BEFORE UPDATE OR DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_audit();

CREATE TRIGGER audit_entry_stays BEFORE TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_audit();

CREATE TRIGGER audit_checkpoint_only_grows BEFORE UPDATE OR DELETE ON audit_checkpoint
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_audit();

CREATE TRIGGER audit_checkpoint_stays BEFORE TRUNCATE ON audit_checkpoint
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_audit()
"""


def split() -> list[str]:
    """The statements one by one; only an empty line parts them, because the function has semicolons of its own."""
    return STATEMENTS.strip().split(";\n\n")
