from competition.models.award import Award
from competition.models.edition import Edition, EditionImage
from competition.models.entry import Entry, EntryImage, LocalRegistration
from competition.models.finalist import Finalist
from competition.models.jury_member import JuryMember
from competition.models.prizes import Category, Criterion, LocalPrize, Sponsor, StateFigure
from competition.models.record import AppendOnlyError, LogEntry, ResultRecord

__all__ = [
    "AppendOnlyError",
    "Award",
    "Category",
    "Criterion",
    "Edition",
    "EditionImage",
    "Entry",
    "EntryImage",
    "Finalist",
    "JuryMember",
    "LocalPrize",
    "LocalRegistration",
    "LogEntry",
    "ResultRecord",
    "Sponsor",
    "StateFigure",
]
