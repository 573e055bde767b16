"""Opening a paper of somebody's file."""

from journeys.documents.handing import handed_over
from journeys.documents.models import Document


def document(request, pk):
    return handed_over(request, Document.objects.visible_to(request.user), pk)
