"""The frames of one person: the page of their file, and what its acts share."""

from django.shortcuts import render
from django.urls import reverse

from journeys.frames.reading import frames_of
from journeys.pathway.file import file_context
from journeys.pathway.pages import ActPage, journey_for


def frames(request, pk):
    journey = journey_for(request, pk, "participants.list")
    context = file_context(request, journey, "frames") | frames_of(journey)
    context["can_frame"] = request.user.may("frames.manage", journey.territory_id)
    return render(request, "journeys/frames/frames.html", context)


class FrameActPage(ActPage):
    """An act of this chapter: it comes back to the person's frames."""

    permission = "frames.manage"

    def next_url(self) -> str:
        return reverse("frames", args=[self.journey.pk])
