from django.contrib import admin

from publishing.admin.base import UsedObjectAdmin
from publishing.models.testimonial import Testimonial


@admin.register(Testimonial)
class TestimonialAdmin(UsedObjectAdmin):
    list_display = ("who", "organisation", "beginning", "is_example")
    list_display_links = ("who", "beginning")
    list_filter = ("is_example",)
    search_fields = ("quote", "name", "role", "organisation")
    fields = ("quote", "name", "role", "organisation", "photo", "is_example", "used_in")

    @admin.display(description="Wer", ordering="name")
    def who(self, testimonial):
        return ", ".join(filter(None, [testimonial.name, testimonial.role]))

    @admin.display(description="Zitat")
    def beginning(self, testimonial):
        return f"{testimonial.quote[:80]} …" if len(testimonial.quote) > 80 else testimonial.quote
