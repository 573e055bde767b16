"""What the database refused, in words a person can act on."""

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils.translation import gettext as _


def say_refusal(form, error: ValidationError) -> None:
    """Put an action's refusal beside its field where the form has it, on top otherwise."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for field, errors in error.error_dict.items():
        form.add_error(field if field in form.fields else None, errors)


def words_of(error: IntegrityError) -> str:
    """The French message of the constraint or trigger that refused a write.

    Constraints say theirs in `violation_error_message`; triggers write it themselves. A refusal by
    a row the person may not see (a unique value taken elsewhere) gets the general message.
    """
    diag = getattr(error.__cause__, "diag", None)
    name = getattr(diag, "constraint_name", None)
    if getattr(diag, "source_function", "") == "exec_stmt_raise":  # a trigger of ours
        return diag.message_primary
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if constraint.name == name:
                if constraint.violation_error_message != constraint.default_violation_error_message:
                    return str(constraint.violation_error_message)
    return _("Cet enregistrement n’a pas pu se faire : rechargez la page et recommencez.")
