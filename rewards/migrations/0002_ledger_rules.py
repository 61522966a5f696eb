"""The rules of the ledger that no code and no setting can go around.

Plain triggers, not django-pgtrigger's: those can be switched off by any session with `SET pgtrigger.ignore`.
The role that runs the product may insert and read, nothing more; balances move inside `rewards_apply_entry`, which
acts with the rights of the owner.
"""

from django.conf import settings
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

TABLES = ("rewards_account", "rewards_transaction", "rewards_entry")

RULES = """
-- A balance is the sum of its entries: it moves with each inserted entry.
CREATE FUNCTION rewards_apply_entry() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE rewards_account SET balance_wei = balance_wei + NEW.amount_wei WHERE id = NEW.account_id;
    RETURN NULL;
END $$;
CREATE TRIGGER rewards_apply_entry AFTER INSERT ON rewards_entry
    FOR EACH ROW EXECUTE FUNCTION rewards_apply_entry();

-- At commit a transaction has exactly the entries it announced, and they sum to zero per asset.
CREATE FUNCTION rewards_check_transaction() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    checked uuid;
BEGIN
    IF TG_TABLE_NAME = 'rewards_entry' THEN checked := NEW.transaction_id; ELSE checked := NEW.id; END IF;
    IF (SELECT entry_count FROM rewards_transaction WHERE id = checked)
            <> (SELECT count(*) FROM rewards_entry WHERE transaction_id = checked) THEN
        RAISE EXCEPTION 'ledger transaction % does not have the entries it announced', checked
            USING ERRCODE = 'check_violation', CONSTRAINT = 'transaction_complete';
    END IF;
    IF EXISTS (SELECT FROM rewards_entry e JOIN rewards_account a ON a.id = e.account_id
            WHERE e.transaction_id = checked GROUP BY a.asset HAVING sum(e.amount_wei) <> 0) THEN
        RAISE EXCEPTION 'ledger transaction % does not sum to zero', checked
            USING ERRCODE = 'check_violation', CONSTRAINT = 'transaction_sums_to_zero';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER rewards_check_transaction AFTER INSERT ON rewards_transaction
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION rewards_check_transaction();
CREATE CONSTRAINT TRIGGER rewards_check_transaction AFTER INSERT ON rewards_entry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION rewards_check_transaction();

-- Nothing that was written changes, for anybody: the owner of the tables included.
CREATE FUNCTION rewards_refuse() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'the ledger is append-only: no % on %', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER rewards_refuse BEFORE UPDATE OR DELETE ON rewards_transaction
    FOR EACH ROW EXECUTE FUNCTION rewards_refuse();
CREATE TRIGGER rewards_refuse BEFORE UPDATE OR DELETE ON rewards_entry
    FOR EACH ROW EXECUTE FUNCTION rewards_refuse();
CREATE TRIGGER rewards_refuse BEFORE DELETE ON rewards_account
    FOR EACH ROW EXECUTE FUNCTION rewards_refuse();
CREATE TRIGGER rewards_refuse_made_up_balance BEFORE INSERT ON rewards_account
    FOR EACH ROW WHEN (NEW.balance_wei <> 0) EXECUTE FUNCTION rewards_refuse();
-- An account changes in its balance alone, and that only from within `rewards_apply_entry`.
CREATE TRIGGER rewards_refuse_update BEFORE UPDATE ON rewards_account FOR EACH ROW WHEN (pg_trigger_depth() = 0
    OR (NEW.id, NEW.code, NEW.asset, NEW.kind, NEW.may_go_negative)
        IS DISTINCT FROM (OLD.id, OLD.code, OLD.asset, OLD.kind, OLD.may_go_negative))
    EXECUTE FUNCTION rewards_refuse();
"""
REFUSE_TRUNCATE = """
CREATE TRIGGER rewards_refuse_truncate BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION rewards_refuse();
"""
UNDO = """
DROP TRIGGER rewards_apply_entry ON rewards_entry;
DROP TRIGGER rewards_check_transaction ON rewards_transaction;
DROP TRIGGER rewards_check_transaction ON rewards_entry;
DROP TRIGGER rewards_refuse ON rewards_transaction;
DROP TRIGGER rewards_refuse ON rewards_entry;
DROP TRIGGER rewards_refuse ON rewards_account;
DROP TRIGGER rewards_refuse_made_up_balance ON rewards_account;
DROP TRIGGER rewards_refuse_update ON rewards_account;
"""


def install(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    editor.execute(RULES, params=None)
    for table in TABLES:
        editor.execute(REFUSE_TRUNCATE.format(table=table))
    for role in _running_role(editor):
        for table in TABLES:
            editor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON {table} FROM {role}")


def remove(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    editor.execute(UNDO)
    for table in TABLES:
        editor.execute(f"DROP TRIGGER rewards_refuse_truncate ON {table}")
    for function in ("rewards_apply_entry", "rewards_check_transaction", "rewards_refuse"):
        editor.execute(f"DROP FUNCTION {function}()")
    for role in _running_role(editor):
        for table in TABLES:
            editor.execute(f"GRANT UPDATE, DELETE ON {table} TO {role}")


def _running_role(editor: BaseDatabaseSchemaEditor) -> list[str]:
    """The quoted role that runs the product; none where it is the owner itself, who is held by the triggers alone."""
    role = settings.DATABASES["default"]["USER"]
    owner = editor.connection.settings_dict["USER"]
    return [] if role == owner else [editor.quote_name(role)]


class Migration(migrations.Migration):
    dependencies = [("rewards", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]
