"""Numbers as German typography writes them."""

NARROW_SPACE = "\u202f"


def grouped(number):
    """12500 → „12.500“"""
    return f"{number:,}".replace(",", ".")


def euros(amount):
    """„7.500 €“, „12,50 €“: cents only where there are some."""
    whole, cents = f"{amount:.2f}".split(".")
    return f"{grouped(int(whole))}{'' if cents == '00' else ',' + cents}{NARROW_SPACE}€"
