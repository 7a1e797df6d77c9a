from competition.models.award import Award
from competition.models.conflicts import ConflictStatement
from competition.models.decisions import Decision
from competition.models.edition import Edition, EditionImage
from competition.models.entry import Entry, EntryImage, LocalRegistration
from competition.models.finalist import Finalist
from competition.models.jury_member import JuryMember
from competition.models.papers import Paper
from competition.models.prizes import Category, Criterion, LocalPrize, Sponsor, StateFigure
from competition.models.ratings import Score, Sheet, Step
from competition.models.record import AppendOnlyError, LogEntry, ResultRecord, name_of
from competition.models.rounds import Panel, PanelCategory, PanelMember, Round
from competition.models.votes import Participation, VoteCount

__all__ = [
    "AppendOnlyError",
    "Award",
    "Category",
    "ConflictStatement",
    "Criterion",
    "Decision",
    "Edition",
    "EditionImage",
    "Entry",
    "EntryImage",
    "Finalist",
    "JuryMember",
    "LocalPrize",
    "LocalRegistration",
    "LogEntry",
    "Panel",
    "PanelCategory",
    "PanelMember",
    "Paper",
    "Participation",
    "ResultRecord",
    "Round",
    "Score",
    "Sheet",
    "Sponsor",
    "StateFigure",
    "Step",
    "VoteCount",
    "name_of",
]
