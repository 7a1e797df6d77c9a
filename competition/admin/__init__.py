from competition.admin.award import AwardAdmin
from competition.admin.edition import EditionAdmin
from competition.admin.entry import EntryAdmin
from competition.admin.records import LogEntryAdmin, ResultRecordAdmin
from competition.admin.sponsor import SponsorAdmin

__all__ = ["AwardAdmin", "EditionAdmin", "EntryAdmin", "LogEntryAdmin", "ResultRecordAdmin", "SponsorAdmin"]
