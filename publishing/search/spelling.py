"""„Meinten Sie …“: the nearest word that visitors can find at this moment, for each that is found nowhere."""

from django.db.models import Q
from django.db.models.functions import Length

from publishing.models import SearchWord
from publishing.search.query import Search

SHORTEST, TOLERANT_FROM = 4, 8
_SAME_BEGINNING, _SAME_END = 2, 3


def correction(search, counts):
    """A question that has an answer, or None. `counts` are those of single terms."""
    unknown = [term for term, number in counts.items() if not number and len(term.folded) >= SHORTEST]
    corrections = nearest_words(unknown)
    if not corrections:
        return None
    corrected = search.question.corrected(corrections)
    return corrected if Search(corrected).documents().exists() else None


def nearest_words(terms):
    near = Q(pk__in=[])
    for term in terms:
        similar = Q(folded__startswith=term.folded[:_SAME_BEGINNING]) | Q(folded__endswith=term.folded[-_SAME_END:])
        near |= similar & Q(letters__range=(len(term.folded) - 2, len(term.folded) + 2))
    candidates = list(SearchWord.objects.annotate(letters=Length("folded")).filter(near)) if terms else []
    closest = {term: _closest_first(term, candidates) for term in terms}
    keys = [word.pk for found in closest.values() for word in found]
    seen = dict(SearchWord.objects.filter(pk__in=keys).seen().values_list("pk", "form")) if keys else {}
    forms = {term: next((seen[word.pk] for word in found if word.pk in seen), None) for term, found in closest.items()}
    return {term: form for term, form in forms.items() if form}


def _closest_first(term, candidates):
    mistakes = {word: _mistakes(term.folded, word.folded) for word in candidates}
    near = [word for word, number in mistakes.items() if number is not None]
    return sorted(near, key=lambda word: (mistakes[word], word.folded))


def _mistakes(typed, meant):
    """Letters left out, added, exchanged or swapped with a neighbour; None when more than a slip of the finger."""
    most = 2 if len(typed) >= TOLERANT_FROM else 1
    if abs(len(typed) - len(meant)) > most:
        return None
    before, row = [], list(range(len(meant) + 1))
    for number, letter in enumerate(typed, start=1):
        two_before, before, row = before, row, [number]
        for position, other in enumerate(meant, start=1):
            cost = min(before[position] + 1, row[-1] + 1, before[position - 1] + (letter != other))
            is_swapped = number > 1 and position > 1 and (letter, other) == (meant[position - 2], typed[number - 2])
            row.append(min(cost, two_before[position - 2] + 1) if is_swapped else cost)
        if min(row) > most:
            return None
    return row[-1] if row[-1] <= most else None
