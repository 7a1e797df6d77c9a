"""Which listings: fresh, fitting, near."""

import math
from datetime import timedelta
from decimal import Decimal

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Sum, Value, When
from django.db.models.functions import ACos, Cos, Least, Now, Radians, Sin
from django.utils import timezone

from properties.models.terms import Availability, Kind
from publishing.models import PublishedQuerySet
from publishing.models.published import EXPIRED, PUBLIC

#: Marked as unconfirmed after the first, out of the public list after the second.
DOUBTFUL_AFTER, STALE_AFTER = timedelta(days=180), timedelta(days=365)
#: Whoever keeps the listing is asked anew before it becomes doubtful.
CHECK_AFTER = timedelta(days=150)

EARTH_RADIUS_KM = 6371.0088
KM_PER_DEGREE = 111.19
#: More than the way from one end of the region to the other.
LARGEST_RADIUS_KM = 400


class ListingQuerySet(PublishedQuerySet):
    def in_state(self, state):
        """Nobody reads what nobody has confirmed for a year: it is over, as if its time in public had ended."""
        rows = super().in_state(state)
        if state is PUBLIC:
            return rows.filter(confirmed_at__gt=Now() - STALE_AFTER)
        if state is EXPIRED:
            return rows | super().in_state(PUBLIC).exclude(confirmed_at__gt=Now() - STALE_AFTER)
        return rows

    def with_state(self):
        rows = super().with_state()
        is_stale = Q(confirmed_at__isnull=True) | Q(confirmed_at__lte=Now() - STALE_AFTER)
        return rows.annotate(
            state_name=Case(
                When(is_stale, released=True, publish_from__lte=Now(), then=Value(EXPIRED.name)),
                default=F("state_name"),
                output_field=models.CharField(),
            )
        )

    def for_user(self, user):
        """What somebody may see and edit in the admin: the office all, a district's people their own."""
        if user.has_perm("properties.manage_pool"):
            return self
        return self.filter(district__in=user.district_seats.values("district"))

    # --- freshness

    def unconfirmed_since(self, age):
        return self.filter(Q(confirmed_at__isnull=True) | Q(confirmed_at__lte=Now() - age))

    def due_for_check(self):
        return self.filter(released=True, next_check_on__lte=timezone.localdate()).exclude(
            availability=Availability.TAKEN
        )

    # --- what editors look for

    def incomplete(self):
        """The twin of Listing.missing_for_publication() for many rows."""
        untold = Q(image__alternative_text="", image__is_decorative=False)
        no_offer = Q(for_sale=False, for_rent=False, for_lease=False, for_ground_lease=False)
        nobody = Q(contact__isnull=True) | Q(confirmed_at__isnull=True)
        return self.filter(
            Q(teaser="") | Q(body__in=("", "<p></p>")) | Q(latitude__isnull=True) | untold | no_offer | nobody
            | self._further_gaps()
        )  # fmt: skip

    def _further_gaps(self):
        return Q(kind=Kind.LAND, plan_status="")

    # --- what visitors ask for

    def pool(self, kind):
        """What list, map, exports and feed of land or halls show."""
        return self.published().on_offer().filter(kind=kind)

    def on_offer(self):
        """Taken sites stay readable at their address, but nobody looks for them."""
        return self.exclude(availability=Availability.TAKEN)

    def fitting_area(self, smallest=None, largest=None):
        """Some piece between what it can be divided into and all that is free has a size somebody asks for."""
        rows = self
        if smallest is not None:
            rows = rows.filter(area_available__gte=smallest)
        if largest is not None:
            rows = rows.filter(smallest_piece__lte=largest)
        return rows

    def near(self, kind, *, km=None, minutes=None):
        """With a motorway (Distance.Kind) at most so far away. A way of unknown minutes is not near in minutes."""
        limits = {name: value for name, value in (("km__lte", km), ("minutes__lte", minutes)) if value is not None}
        distances = self.model._meta.get_field("distances").related_model.objects
        return self.filter(Exists(distances.filter(listing=OuterRef("pk"), kind=kind, **limits)))

    def around(self, latitude, longitude, radius_km):
        """Within a great circle, exactly. The box before it lets an index leave out the rest."""
        degrees = radius_km / KM_PER_DEGREE
        # Meridians come closer to the north: the narrowest degree of the box decides.
        wide = degrees / _cosine_of_degrees(min(latitude + degrees, 89))
        return (
            self.filter(
                latitude__range=(latitude - degrees, latitude + degrees),
                longitude__range=(longitude - wide, longitude + wide),
            )
            .with_distance_from(latitude, longitude)
            .filter(distance_km__lte=radius_km)
        )

    def within(self, latitudes, longitudes):
        """Whose point lies between these degrees: (south, north), (west, east)."""
        return self.filter(latitude__range=latitudes, longitude__range=longitudes)

    def with_distance_from(self, latitude, longitude):
        """Annotates `distance_km`, the great-circle distance."""
        here, there = Radians(Value(float(latitude))), Radians(F("latitude"))
        cosine = Sin(here) * Sin(there) + Cos(here) * Cos(there) * Cos(
            Radians(F("longitude")) - Radians(Value(float(longitude)))
        )
        # Rounding makes the cosine of “no distance” a hair more than 1, which has no arc.
        arc = ACos(Least(cosine, Value(1.0)))
        return self.annotate(distance_km=arc * Value(EARTH_RADIUS_KM))

    def hectares(self):
        """All that is free, in ha."""
        return Decimal(self.aggregate(all=Sum("area_available"))["all"] or 0) / 10_000

    def with_page_parts(self):
        return self.select_related("district", "image", "provider", "contact__photo")

    def with_list_parts(self):
        """What a row of a list shows, and no more."""
        return self.select_related("district", "image").prefetch_related("distances").defer("body")

    def freshest_first(self):
        return self.order_by("-confirmed_at", "-pk")


def _cosine_of_degrees(degrees):
    return math.cos(math.radians(degrees))
