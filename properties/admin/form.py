from django.core.exceptions import ValidationError

from properties import rights
from publishing.admin.published import PublishedForm

#: Names of the buttons that save and do more.
SUBMIT, RELEASE = "_submit", "_release"
NOT_YOURS_TO_PUBLISH = (
    "Für diesen Landkreis veröffentlicht die Geschäftsstelle. Bitte legen Sie das Angebot zur Freigabe vor."
)


class ListingForm(PublishedForm):
    """Knows who fills it in: what somebody may not release, no button and no made-up request releases."""

    kept_when_restored = (*PublishedForm.kept_when_restored, "submitted_at", "return_note", "asked_at")
    #: Set by the admin for each request.
    user = None

    def _post_clean(self):
        if SUBMIT in self.data:
            self.instance.submit()
        super()._post_clean()
        if SUBMIT in self.data:
            self._refuse_to_submit()
        if self._would_become_public() and not self._may_publish():
            self.add_error(None, ValidationError(NOT_YOURS_TO_PUBLISH, code="not_yours"))

    def _refuse_to_submit(self):
        if self.instance.released:
            self.add_error(None, "Dieses Angebot ist schon freigegeben.")
        elif missing := self.instance.missing_for_publication():
            self.add_error(None, f"Vor der Freigabe fehlt noch: {', '.join(missing)}.")

    def _would_become_public(self):
        return RELEASE in self.data or (self.instance.released and "district" in self.changed_data)

    def _may_publish(self):
        return self.instance.district_id is None or rights.may_publish(self.user, self.instance.district)
