from competition.admin.award import AwardAdmin
from competition.admin.criteria import CriterionAdmin
from competition.admin.decisions import DecisionAdmin
from competition.admin.edition import EditionAdmin
from competition.admin.entry import EntryAdmin
from competition.admin.panels import PanelAdmin
from competition.admin.papers import PaperAdmin, PaperInline
from competition.admin.records import LogEntryAdmin, ResultRecordAdmin
from competition.admin.recusals import RecusalAdmin
from competition.admin.rounds import RoundAdmin
from competition.admin.sponsor import SponsorAdmin

__all__ = [
    "AwardAdmin",
    "CriterionAdmin",
    "DecisionAdmin",
    "EditionAdmin",
    "EntryAdmin",
    "LogEntryAdmin",
    "PanelAdmin",
    "PaperAdmin",
    "PaperInline",
    "RecusalAdmin",
    "ResultRecordAdmin",
    "RoundAdmin",
    "SponsorAdmin",
]
