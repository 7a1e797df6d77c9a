from competition.views.edition import AwardHome, EditionDetail, Finalists, Winners, record
from competition.views.entry import EntryDetail
from competition.views.hall_of_fame import HallOfFame, figures_csv

__all__ = [
    "AwardHome",
    "EditionDetail",
    "EntryDetail",
    "Finalists",
    "HallOfFame",
    "Winners",
    "figures_csv",
    "record",
]
