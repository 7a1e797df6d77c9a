from publishing.admin.contact import ContactAdmin
from publishing.admin.document import DocumentAdmin
from publishing.admin.image import ImageAdmin
from publishing.admin.redirect import RedirectAdmin
from publishing.admin.testimonial import TestimonialAdmin
from publishing.admin.user import PortalUserAdmin

__all__ = ["ContactAdmin", "DocumentAdmin", "ImageAdmin", "PortalUserAdmin", "RedirectAdmin", "TestimonialAdmin"]
