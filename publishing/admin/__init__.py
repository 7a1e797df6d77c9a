from publishing.admin.contact import ContactAdmin
from publishing.admin.document import DocumentAdmin
from publishing.admin.image import ImageAdmin
from publishing.admin.outgoing_mail import OutgoingMailAdmin
from publishing.admin.redirect import RedirectAdmin
from publishing.admin.testimonial import TestimonialAdmin

__all__ = [
    "ContactAdmin",
    "DocumentAdmin",
    "ImageAdmin",
    "OutgoingMailAdmin",
    "RedirectAdmin",
    "TestimonialAdmin",
]
