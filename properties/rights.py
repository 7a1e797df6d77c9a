"""Who may do what with the pool: the office everything, a district's people what is theirs."""

from properties.models import District


def is_office(user):
    return user.has_perm("properties.manage_pool")


def own_districts(user):
    return District.objects.all() if is_office(user) else District.objects.filter(seats__user=user)


def has_districts(user):
    """The office has them all, at no cost: every page of the admin asks."""
    return is_office(user) or own_districts(user).exists()


def may_publish(user, district):
    return is_office(user) or district.publishes_itself


def is_locked_for(user, listing):
    """What the office has released stays as it was released, unless one's district publishes itself."""
    return listing.released and not may_publish(user, listing.district)


def speaks_for(user, listing):
    """The body that is shown as having confirmed a listing."""
    if is_office(user):
        return "Geschäftsstelle der Metropolregion Mitteldeutschland"
    name = listing.district.name
    return name if "kreis" in name.lower() else f"Stadt {name}"
