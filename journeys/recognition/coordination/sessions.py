"""A badge for those present at a session: chosen, ticked, given; the code that asks for it."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journeys.activities import saying
from journeys.activities.coordination.pages import OfferAct
from journeys.activities.inside import gives_badges, takes_register
from journeys.activities.models import Enrolment, Session
from journeys.activities.tabs import part
from journeys.recognition import forms, scanning
from journeys.recognition.actions.giving import give, progress
from journeys.recognition.issuing import choice_for
from journeys.recognition.models import SessionAward
from rtr.lib import french, qr
from territories.accounts.models import User


def session_for(request, pk: int) -> Session:
    """404 for one they do not know of, 403 where they may not give a badge."""
    known = Session.objects.visible_to(request.user)
    found = get_object_or_404(known.select_related("activity__organisation", "territory"), pk=pk)
    if not gives_badges(request.user, found):
        raise PermissionDenied
    return found


class OfSession(OfferAct):
    def find(self, pk):
        self.session = session_for(self.request, pk)

    @property
    def lead(self):
        return f"{self.session.activity.title}, {saying.moment(self.session)}."

    def back(self):
        return reverse("session", args=[self.session.pk]), self.session.activity.title

    def badges(self):
        session = self.session
        programme = session.territory.programme_id
        return choice_for(self.request.user, programme, session.activity.organisation)


class GivePage(OfSession):
    """Everybody present is ticked: whom the badge reaches is told to nobody in the room."""

    form_class = forms.GiveForm
    template_name = "journeys/recognition/give.html"
    title = gettext_lazy("Décerner un badge")
    submit = gettext_lazy("Décerner aux personnes cochées")
    done = gettext_lazy("Le badge est décerné. Chaque personne le trouve sur ses pages.")

    def form_options(self):
        rows = Enrolment.objects.filter(session=self.session).standing().attended()
        self.present = [
            (row.number, f"{row.nickname} ({_('n°')} {row.number})")
            for row in rows.order_by("number").only("number", "nickname")
        ]
        day = french.day(timezone.localdate(self.session.starts_at), weekday=False)
        words = {"title": self.session.activity.title, "day": day}
        return {
            "badges": self.badges(),
            "present": self.present,
            "initial": {
                "numbers": [number for number, _name in self.present],
                "reason": _("A participé à « %(title)s », le %(day)s.") % words,
            },
        }

    def act(self, form):
        self.award = give(session=self.session, by=self.request.user, **form.cleaned_data)
        return self.award

    def next_url(self):
        return reverse("session_award", args=[self.session.pk, self.award.pk])

    def extra(self):
        given = SessionAward.objects.filter(session=self.session)
        return {
            "present": self.present,
            "given": given.select_related("version", "by"),
            "session": self.session,
            "register_url": takes_register(self.request.user, self.session)
            and reverse("register", args=[self.session.pk]),
        }


def award(request, pk, award):
    """What was given; how far it is signed, for who reads those files anyway."""
    session = session_for(request, pk)
    rows = SessionAward.objects.filter(session=session).select_related("version", "issuer", "by")
    found = get_object_or_404(rows, pk=award)
    context = {"session": session, "activity": session.activity, "award": found}
    if counts_for(request.user, session):
        signed, in_all = progress(found)
        context |= {"signed": signed, "in_all": in_all, "is_done": signed == in_all}
    template = "journeys/recognition/_progress.html" if request.htmx else None
    if template:
        return render(request, template, context)
    return part(request, "journeys/recognition/award.html", context)


def counts_for(user: User, session: Session) -> bool:
    """How many receive it tells how many of the room have a file."""
    there = session.territory_id
    return user.may("registers.read_all", there) and user.may("journeys.read_all", there)


class ScanPage(OfSession):
    """The code of the session, on a screen or on paper."""

    http_method_names = ["get", "head"]
    form_class = forms.ScanForm
    template_name = "journeys/recognition/scan.html"
    title = gettext_lazy("Code d’un badge à demander")
    submit = gettext_lazy("Montrer le code")

    def form_options(self):
        return {"badges": self.badges()}

    def get(self, request, **kwargs):
        form = forms.ScanForm(request.GET or None, **self.form_options())
        self.badge = None
        if form.is_bound and form.is_valid():
            self.badge = form.cleaned_data["achievement"]
        return self.page(form)

    def extra(self):
        if not self.badge:
            return {"badge": None}
        url = scanning.url_of(self.session, self.badge)
        label = _("Code pour demander ce badge")
        return {"badge": self.badge, "url": url, "qr": qr.svg(url, label)}
