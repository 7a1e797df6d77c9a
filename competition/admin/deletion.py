"""What is in use is not deleted, and that is said in words: one at a time, several at once, rows of a form."""

from django.contrib import messages
from django.contrib.admin.utils import NestedObjects
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.forms.models import BaseInlineFormSet
from django.http import HttpResponseRedirect

IN_USE_MEANWHILE = "Nichts ist gelöscht: Inzwischen wird etwas davon verwendet. Bitte prüfen Sie es noch einmal."
SHOWN = 20
SHOWN_OF_A_ROW = 3


class KeepsWhatIsInUse:
    """For admins whose rows others point to."""

    delete_confirmation_template = "admin/competition/in_use_delete_confirmation.html"
    delete_selected_confirmation_template = "admin/competition/in_use_delete_selected_confirmation.html"

    def get_deleted_objects(self, objs, request):
        to_delete, model_count, perms_needed, protected = super().get_deleted_objects(objs, request)
        users = sorted(set(protected) | set(self.further_users(objs)))
        if len(users) > SHOWN:
            users = [*users[:SHOWN], f"… und {len(users) - SHOWN} weitere"]
        # That something is in use matters more than who may delete its users.
        return to_delete, model_count, set() if users else perms_needed, users

    def further_users(self, objs):
        """What the database would let go but visitors would miss."""
        return []

    def delete_view(self, request, object_id, extra_context=None):
        try:
            return super().delete_view(request, object_id, extra_context)
        except (ProtectedError, IntegrityError, ValidationError) as error:
            self.message_user(request, _sentence(error), messages.ERROR)
            return HttpResponseRedirect(request.path)

    def changelist_view(self, request, extra_context=None):
        if request.method != "POST":
            return super().changelist_view(request, extra_context)
        try:
            with transaction.atomic():
                return super().changelist_view(request, extra_context)
        except (ProtectedError, IntegrityError, ValidationError) as error:
            self.message_user(request, _sentence(error), messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())

    def delete_queryset(self, request, queryset):
        # One by one: each says at its address that it is gone.
        for row in queryset:
            row.delete()


class RowsInUse(BaseInlineFormSet):
    """The rows of a form: whoever ticks “delete” on one that others need is told so, and loses nothing."""

    def clean(self):
        # Before the stock sentence, which lists every entry of a cluster.
        refused = [f"„{row}“ bleibt, denn es wird verwendet: {users}." for row, users in self._rows_in_use()]
        if refused:
            raise ValidationError(refused)
        super().clean()

    def _rows_in_use(self):
        for form in filter(self._should_delete_form, self.initial_forms):
            if users := _users_of(form.instance):
                more = f" und {len(users) - SHOWN_OF_A_ROW} weitere" if len(users) > SHOWN_OF_A_ROW else ""
                yield form.instance, "; ".join(users[:SHOWN_OF_A_ROW]) + more


def _users_of(row):
    collector = NestedObjects(using=row._state.db)
    collector.collect([row])
    return sorted(f"{one._meta.verbose_name} {one}" for one in collector.protected)


def _sentence(error):
    return " ".join(error.messages) if isinstance(error, ValidationError) else IN_USE_MEANWHILE
