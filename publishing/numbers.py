"""Numbers as German typography writes them."""

NARROW_SPACE = "\u202f"


def grouped(number):
    """12500 → „12.500“"""
    return f"{number:,}".replace(",", ".")


def decimal(number, places=None):
    """1234.50 → „1.234,5“: no zeros at the end, but where their number is told."""
    text = f"{number:,f}" if places is None else f"{number:,.{places}f}"
    whole, _, rest = text.partition(".")
    rest = rest.rstrip("0") if places is None else rest
    return whole.replace(",", ".") + (f",{rest}" if rest else "")


def with_unit(number, unit):
    """8.4 and „m“ → „8,4 m“ that does not break."""
    return f"{decimal(number)}{NARROW_SPACE}{unit}"


def euros(amount):
    """„7.500 €“, „12,50 €“: cents only where there are some."""
    whole, cents = f"{amount:.2f}".split(".")
    return f"{grouped(int(whole))}{'' if cents == '00' else ',' + cents}{NARROW_SPACE}€"
