from publishing.models.connection import Connection
from publishing.models.contact import Contact
from publishing.models.document import Document
from publishing.models.image import Image, PictureKey
from publishing.models.import_run import ImportRun
from publishing.models.link import LinkCheck, LinkUse
from publishing.models.outgoing_mail import OutgoingMail
from publishing.models.published import Published, PublishedQuerySet
from publishing.models.redirect import Redirect
from publishing.models.search_document import SearchDocument, SearchWord
from publishing.models.site_version import PlannedChange, SiteVersion
from publishing.models.testimonial import Testimonial

__all__ = [
    "Connection",
    "Contact",
    "Document",
    "Image",
    "ImportRun",
    "LinkCheck",
    "LinkUse",
    "OutgoingMail",
    "PictureKey",
    "PlannedChange",
    "Published",
    "PublishedQuerySet",
    "Redirect",
    "SearchDocument",
    "SearchWord",
    "SiteVersion",
    "Testimonial",
]
