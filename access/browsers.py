"""A browser's own description in a word or two, so that people recognise their devices."""

# The first that matches: many name others they want to be taken for.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPad", "iPad"),
    ("iPhone", "iPhone"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)


def describe(user_agent):
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "Unbekannter Browser")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    return f"{browser} auf {system}" if system else browser
