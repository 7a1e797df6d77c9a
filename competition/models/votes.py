"""The secret ballot: who has voted stands in one table, how often whom in another, and nothing joins the two."""

from django.conf import settings
from django.db import models, transaction
from django.db.models import Case, F, Value, When

from competition.models.finalist import Finalist
from competition.models.rounds import Round
from publishing.constraints import ForeignKeyTogether


class Participation(models.Model):
    """That a juror has voted. The day, not the second: no log of requests may be laid beside it."""

    is_on_public_pages = False

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="participations")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="participations")
    voted_on = models.DateField("abgestimmt am", auto_now_add=True)

    class Meta:
        verbose_name = "Teilnahme an der Abstimmung"
        verbose_name_plural = "Teilnahmen an der Abstimmung"
        constraints = [
            models.UniqueConstraint(
                fields=["round", "user"],
                name="one_ballot_a_juror",
                violation_error_message="Sie haben schon abgestimmt.",
            )
        ]

    def __str__(self):
        return str(self.user)


class VoteCountQuerySet(models.QuerySet):
    def add_vote_for(self, finalist):
        """Writes every row of the round, not only the chosen one.

        PostgreSQL notes at each row which transaction wrote it last, the same that wrote the participation: with a
        single row written, that would name the choice.
        """
        chosen = Case(When(finalist=finalist, then=Value(1)), default=Value(0))
        return self.update(votes=F("votes") + chosen)


class VoteCount(models.Model):
    """How many votes a finalist has. No row stands for one ballot: its place or number could be traced."""

    is_on_public_pages = False

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="vote_counts")
    edition = models.ForeignKey("competition.Edition", on_delete=models.PROTECT, related_name="+")
    finalist = models.ForeignKey(Finalist, on_delete=models.PROTECT, related_name="vote_counts")
    votes = models.PositiveIntegerField("Stimmen", default=0)

    objects = VoteCountQuerySet.as_manager()

    class Meta:
        verbose_name = "Stimmenzahl"
        verbose_name_plural = "Stimmenzahlen"
        constraints = [
            models.UniqueConstraint(fields=["round", "finalist"], name="vote_count_once_a_finalist"),
            ForeignKeyTogether(field="round", same=["edition"], name="vote_count_round_of_its_edition"),
            ForeignKeyTogether(field="finalist", same=["edition"], name="vote_count_finalist_of_its_edition"),
        ]

    def __str__(self):
        return str(self.finalist)

    @classmethod
    @transaction.atomic
    def prepare(cls, final_round):
        """A row for every finalist, in an order that says nothing. To be called before the first vote."""
        finalists = Finalist.objects.filter(edition=final_round.edition_id).order_by("pk")
        for finalist in finalists:
            cls.objects.get_or_create(
                round=final_round, finalist=finalist, defaults={"edition_id": final_round.edition_id}
            )
