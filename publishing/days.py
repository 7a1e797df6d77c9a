"""Days as German typography writes them."""

NO_BREAK = "\u00a0"

MONTHS = (
    *("Januar", "Februar", "März", "April", "Mai", "Juni"),
    *("Juli", "August", "September", "Oktober", "November", "Dezember"),
)
WEEKDAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")


def day_and_month(day):
    """„26. November“ that does not break after the day."""
    return f"{day.day}.{NO_BREAK}{MONTHS[day.month - 1]}"


def day_in_words(day):
    """„26. November 2025“"""
    return f"{day_and_month(day)} {day.year}"


def weekday_and_day(day):
    """„Mittwoch, 26. November 2025“"""
    return f"{WEEKDAYS[day.weekday()]}, {day_in_words(day)}"
