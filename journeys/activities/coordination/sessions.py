"""Sessions: the page of one, adding some, moving or cancelling, who animates."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journeys.activities import saying
from journeys.activities.actions.planning import (
    add_series,
    add_session,
    cancel_session,
    change_session,
    remove_staff,
    restore_session,
    set_staff,
    with_later,
)
from journeys.activities.agenda import clashes_of, line
from journeys.activities.coordination.pages import (
    OfActivity,
    OfSession,
    manages,
    places_for,
    session_for,
)
from journeys.activities.enums import StaffPart
from journeys.activities.forms import (
    CancelForm,
    SeriesForm,
    SessionEditForm,
    SessionForm,
    StaffForm,
)
from journeys.activities.inside import colleagues_in, gives_badges, people_in, takes_register
from journeys.activities.models import Session
from journeys.activities.notices import reached_by
from journeys.activities.tabs import part
from rtr.lib import french
from rtr.lib.http import post_only
from rtr.lib.told import tell


def session(request, pk):
    """When and where, who animates, and who is in it: a nickname and a number for everyone."""
    found = session_for(request, pk)
    context = {
        "session": found,
        "activity": found.activity,
        "moment": french.capitalised(saying.moment(found)),
        "line": line(found, clashes_of([found]).get(found.pk, [])),
        "is_past": found.ends_at < timezone.now(),
        "staff": list(found.staff.select_related("user").order_by("part", "pk")),
        "people": people_in(found, request.user),
        "may_write": manages(request.user, found.activity),
        "may_enrol": request.user.may("enrolments.manage", found.territory_id),
        "may_take": takes_register(request.user, found),
        "may_give": gives_badges(request.user, found),
        "has_come": timezone.localdate(found.starts_at) <= timezone.localdate(),
        "printed_on": timezone.localdate(),
    }
    return part(request, "journeys/activities/session.html", context)


# -- Adding ----------------------------------------------------------------------------------------


class SessionAdd(OfActivity):
    form_class = SessionForm
    title = gettext_lazy("Ajouter une séance")
    submit = gettext_lazy("Ajouter la séance")
    done = gettext_lazy("La séance est dans l’agenda.")

    def form_options(self):
        return _hours(self)

    def act(self, form):
        self.session = add_session(
            activity=self.activity,
            by=self.request.user,
            on=form.cleaned_data["on"],
            details=form.details,
        )
        _warn(self.request, self.session)
        return self.session

    def next_url(self):
        return reverse("session", args=[self.session.pk])

    def after(self, row):
        url = reverse("session_staff", args=[row.pk])
        return {"next_url": url, "next_word": _("Dire qui anime")}


def _hours(page) -> dict:
    """The hours and the place of the last session noted, or the activity's own."""
    activity = page.activity
    last = activity.sessions.order_by("-starts_at").first()
    initial = {"place": activity.place_id, "places": activity.places}
    if last:
        initial |= {
            "starts_at": f"{timezone.localtime(last.starts_at):%H:%M}",
            "ends_at": f"{timezone.localtime(last.ends_at):%H:%M}",
        }
    places = places_for(page.request.user, activity.territory_id)
    return {"open_places": places, "initial": initial}


def _warn(request, *sessions: Session) -> None:
    """Something else is there at the same time: kept, and said."""
    if found := clashes_of(list(sessions)):
        said = list(dict.fromkeys(word for words in found.values() for word in words))[:3]
        tell(request, _("À vérifier. %(said)s") % {"said": " ".join(said)}, level=messages.WARNING)


class SeriesAdd(OfActivity):
    """The rule, then its dates; both are sent again to make the sessions."""

    form_class = SeriesForm
    template_name = "journeys/activities/series.html"
    title = gettext_lazy("Ajouter des séances régulières")
    lead = gettext_lazy("Vous verrez les dates avant de les créer.")
    submit = gettext_lazy("Voir les dates")

    def form_options(self):
        options = _hours(self)
        options["initial"] |= {"starts_on": timezone.localdate(), "rhythm": "1"}
        return options

    def post(self, request, **kwargs):
        if "previewed" in request.POST and "change" not in request.POST:
            return super().post(request, **kwargs)
        form = SeriesForm(request.POST, **self.form_options())
        return self.page(form, status=200 if form.is_valid() else 422)

    def page(self, form, *, status=200):
        shows_dates = form.is_bound and hasattr(form, "found") and "change" not in form.data
        self.preview = form.dates() if shows_dates else []
        return super().page(form, status=status)

    def act(self, form):
        data = form.cleaned_data
        self.made = add_series(
            activity=self.activity,
            by=self.request.user,
            rule=form.rule,
            starts_on=data["starts_on"],
            until_on=data["until_on"],
            details=form.details,
            days=form.kept(),
        )
        _warn(self.request, *self.made)
        return self.made

    @property
    def done(self):
        count = len(self.made)
        words = french.capitalised(french.spelled(count, feminine=True))
        verb = french.plural(count, _("séance est"), _("séances sont"))
        return _("%(count)s %(verb)s dans l’agenda.") % {"count": words, "verb": verb}

    def after(self, row):
        url = reverse("session_staff", args=[row[0].pk])
        return {"next_url": url, "next_word": _("Dire qui anime")}


# -- Changing --------------------------------------------------------------------------------------


class SessionEdit(OfSession):
    form_class = SessionEditForm
    title = gettext_lazy("Modifier la séance")
    lead = gettext_lazy("Si le moment ou le lieu change, ceux qui sont inscrits sont prévenus.")
    submit = gettext_lazy("Enregistrer la séance")
    told = 0

    def form_options(self):
        found = self.session
        start, end = timezone.localtime(found.starts_at), timezone.localtime(found.ends_at)
        return {
            "in_series": bool(found.series_id),
            "open_places": places_for(self.request.user, found.territory_id),
            "initial": {
                "on": start.date(),
                "starts_at": f"{start:%H:%M}",
                "ends_at": f"{end:%H:%M}",
                "place": found.place_id,
                "places": found.places,
                "remote_link": found.remote_link,
                "said": found.said,
            },
        }

    def act(self, form):
        self.told = change_session(
            session=self.session,
            by=self.request.user,
            seen=self.seen,
            on=form.cleaned_data["on"],
            details=form.details,
            following=form.following,
        )
        self.session = session_for(self.request, self.session.pk)
        _warn(self.request, self.session)
        return self.session

    @property
    def done(self):
        kept = ""
        if self.session.taken > self.session.places:
            people = saying.people(self.session.taken)
            kept = _(" %(people)s y ont déjà leur place : elles la gardent.") % {"people": people}
        return _("La séance est enregistrée.") + _told(self.told) + kept


class SessionCancel(OfSession):
    form_class = CancelForm
    submit = gettext_lazy("Annuler la séance")
    danger = True
    told = 0

    @property
    def title(self):
        return _("Annuler « %(title)s », %(moment)s ?") % {
            "title": self.activity.title,
            "moment": saying.moment(self.session),
        }

    @property
    def effects(self):
        found = self.session
        said = [_will_be_told(len(reached_by([found])))]
        unreached = found.enrolments.standing().count() - len(reached_by([found]))
        if unreached:
            people = saying.people(unreached).lower()
            text = french.plural(
                unreached,
                _("%(people)s n’a pas laissé de contact : dites-le-lui."),
                _("%(people)s n’ont pas laissé de contact : dites-le-leur."),
            )
            said.append(french.capitalised(text % {"people": people}))
        if found.series_id:
            later = with_later(found, True)
            reached = len(reached_by(later))
            said.append(
                _("Avec les suivantes : %(sessions)s séances, %(people)s.")
                % {"sessions": len(later), "people": _will_be_told(reached).lower().rstrip(".")}
            )
        return [*said, _("Les inscriptions restent : la séance peut être rétablie.")]

    def form_options(self):
        return {"in_series": bool(self.session.series_id)}

    def act(self, form):
        self.told = cancel_session(
            session=self.session,
            by=self.request.user,
            seen=self.seen,
            reason=form.cleaned_data["reason"],
            following=form.following,
        )
        return self.session

    @property
    def done(self):
        return _("La séance est annulée.") + _told(self.told)

    def after(self, row):
        return {"undo_url": reverse("session_restore", args=[row.pk])}


def _will_be_told(count: int) -> str:
    if not count:
        return _("Personne n’est à prévenir par message.")
    verb = french.plural(count, _("reçoit"), _("reçoivent"))
    return _("%(people)s %(verb)s un message.") % {"people": saying.people(count), "verb": verb}


def _told(count: int) -> str:
    return f" {_will_be_told(count)}" if count else ""


@post_only
def session_restore(request, pk):
    found = session_for(request, pk, write=True)
    try:
        told = restore_session(session=found, by=request.user)
    except ValidationError as error:
        tell(request, " ".join(error.messages), level=messages.WARNING)
    else:
        tell(request, _("La séance a bien lieu.") + _told(told))
    return redirect("session", found.pk)


# -- Who animates ----------------------------------------------------------------------------------


class SessionStaffPage(OfSession):
    form_class = StaffForm
    title = gettext_lazy("Dire qui anime")
    lead = gettext_lazy("Un collègue, ou un bénévole : le registre lui est ouvert ce jour-là.")
    submit = gettext_lazy("Ajouter")

    def form_options(self):
        return {
            "colleagues": colleagues_in(self.session.territory_id),
            "in_series": bool(self.session.series_id),
            "initial": {"part": StaffPart.ANIMATOR},
        }

    def act(self, form):
        data = form.cleaned_data
        return set_staff(
            session=self.session,
            by=self.request.user,
            user=data["user"],
            part=StaffPart(data["part"]),
            following=bool(data.get("following")),
        )

    def after(self, row):
        _warn(self.request, self.session)
        url = reverse("session_staff", args=[self.session.pk])
        return {"next_url": url, "next_word": _("Ajouter quelqu’un d’autre")}


@post_only
def session_staff_remove(request, pk, staff):
    found = session_for(request, pk, write=True)
    row = get_object_or_404(found.staff.select_related("user", "session"), pk=staff)
    name = row.user.first_name
    remove_staff(staff=row, by=request.user)
    tell(request, _("%(name)s n’est plus dans cette séance.") % {"name": name})
    return redirect("session", found.pk)
