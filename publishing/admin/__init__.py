from publishing.admin.contact import ContactAdmin
from publishing.admin.document import DocumentAdmin
from publishing.admin.image import ImageAdmin
from publishing.admin.import_run import ImportRunAdmin
from publishing.admin.link import LinkAdmin
from publishing.admin.outgoing_mail import OutgoingMailAdmin
from publishing.admin.redirect import RedirectAdmin
from publishing.admin.testimonial import TestimonialAdmin

__all__ = [
    "ContactAdmin",
    "DocumentAdmin",
    "ImageAdmin",
    "ImportRunAdmin",
    "LinkAdmin",
    "OutgoingMailAdmin",
    "RedirectAdmin",
    "TestimonialAdmin",
]
